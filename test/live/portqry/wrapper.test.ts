import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { stages } from "../staged.ts";
import { until } from "../until.ts";

const reason = lack("python3", "awk");
const stage = stages();

/**
 * What the known wrappers of PortQry do: they call it, read its text line by line, and take the verdict from behind the
 * last colon of each line that begins with a protocol.
 */
const WRAPPER = `
/^Failed to resolve name to IP address/ { print "unresolved" }
/^(TCP|UDP) port [0-9]+ \\(.* service\\): / { n = split($0, part, ": "); print $1, $3, part[n] }
`;

it("a script that reads PortQry's text line by line reads this one", async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const [open, closed] = [await here.port("open"), await here.port("closed")];
  const server = `import socket,sys; s = socket.create_server(("127.0.0.1", ${open})); print("ready", flush=True); sys.stdin.read()`;
  const started = here.beside([program("python3"), "-c", server]);
  await until("the server", () => started.stdout.includes("ready"));
  const read = (...words: string[]) => {
    const script = `"$1" portqry "\${@:3}" | awk "$2"`;
    return execFileSync(program("bash"), ["-c", script, "bash", launcher, WRAPPER, ...words], { encoding: "utf8" });
  };
  expect(read("-n", "127.0.0.1", "-p", "both", "-o", `${open},${closed}`, "-nr")).toBe(
    `TCP ${open} LISTENING\nUDP ${open} NOT LISTENING\nTCP ${closed} NOT LISTENING\nUDP ${closed} NOT LISTENING\n`,
  );
  expect(read("-n", "nowhere.invalid", "-e", "80")).toBe("unresolved\n");
});
