import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { readProfile } from "./profile.ts";
import type { Stage } from "./stage.ts";
import { stages } from "./staged.ts";

const reason = lack("python3");
const stage = stages();

/** Runs `command` under Portolan in a real terminal of 37 rows and 113 columns; types `keys` once it shows `text`. */
async function inTerminal(here: Stage, text: string, keys: string, command: string[]) {
  const [shown, file] = [here.path("shown"), here.path("profile")];
  const words = [shown, "37", "113", text, keys, launcher, "run", "--output", file, "--", ...command];
  const terminal = here.beside([program("python3"), join(import.meta.dirname, "programs/terminal.py"), ...words]);
  const { status } = await terminal.ended(60_000);
  return { status, shown: readFileSync(shown, "utf8"), profile: readProfile(file) };
}

const server = `
import signal, socket, sys
def interrupted(number, frame):
    print("interrupted", flush=True)
    sys.exit(5)
if sys.argv[2] == "handles":
    signal.signal(signal.SIGINT, interrupted)
else:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("ready", flush=True)
while True:
    signal.pause()
`;

describe("in a terminal", () => {
  it("the application's streams are the terminal, with its size", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const script = "tty; stty size; test -t 0 && test -t 1 && test -t 2 && echo all three";
    const { status, shown } = await inTerminal(stage(), "", "", [program("sh"), "-c", script]);
    expect(status).toBe(0);
    expect(shown).toMatch(/\/dev\/pts\/\d+\r\n37 113\r\nall three\r\n/);
  });

  it("the application reads what is typed", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const script = 'echo ready; read -r line; echo "read: $line"';
    const { status, shown } = await inTerminal(stage(), "ready", "portolan\\n", [program("sh"), "-c", script]);
    expect(status).toBe(0);
    expect(shown).toContain("read: portolan\r\n");
  });

  it.for([
    ["handles", 5],
    ["dies of", 130],
  ] as const)(
    "Ctrl+C reaches an application that %s it, and Portolan reports with status %i",
    async ([how, wanted], { skip }) => {
      skip(reason !== undefined, reason);
      const here = stage();
      const port = await here.port("server");
      const command = [program("python3"), "-c", server, String(port), how];
      const { status, shown, profile } = await inTerminal(here, "ready", "\\x03", command);
      expect(status).toBe(wanted);
      if (how === "handles") expect(shown).toContain("interrupted\r\n");
      expect(profile).toMatchObject({ exitStatus: wanted, complete: true, gaps: [] });
      expect(profile.listens).toMatchObject([{ protocol: "tcp", address: "127.0.0.1", port }]);
      // The report for people follows on the same terminal.
      expect(shown.slice(shown.indexOf("ready"))).toContain(`${port}`);
    },
  );
});
