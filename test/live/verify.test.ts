import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { launcher } from "./observer.ts";
import { stages } from "./staged.ts";

const reason = lack("python3");
const stage = stages();

/** Listens on the ports that it is told, connects to the first over loopback, and ends. */
const SERVER = `
import socket, sys
servers = [socket.create_server(("127.0.0.1", int(port))) for port in sys.argv[1:]]
client = socket.create_connection(servers[0].getsockname())
servers[0].accept()[0].sendall(b"23")
assert client.recv(2) == b"23"
`;

describe("verify", () => {
  it("is clean for what run --save stated, and finds one port more and one less", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const [first, second, extra] = [await here.port("a"), await here.port("b"), await here.port("c")];
    const manifest = here.path("manifest.yaml");
    const portolan = async (...words: string[]) => {
      const started = here.beside([launcher, ...words]);
      started.input.end();
      return { end: await started.ended(), stdout: started.stdout, stderr: started.stderr };
    };
    const serve = (...ports: number[]) => ["--", program("python3"), "-c", SERVER, ...ports.map(String)];
    await portolan("run", "--save", manifest, ...serve(first, second));

    const clean = await portolan("verify", manifest, "--json", ...serve(first, second));
    expect(clean.end.status).toBe(0);
    expect(JSON.parse(clean.stdout)).toMatchObject({ schema: "portolan.verify/1", answer: "kept", broken: [] });

    const more = await portolan("verify", manifest, "--json", ...serve(first, second, extra));
    expect(more.end.status).toBe(1);
    expect(JSON.parse(more.stdout).broken).toMatchObject([{ use: "listen", port: extra, exposure: "loopback" }]);

    const less = await portolan("verify", manifest, "--json", ...serve(first));
    expect(less.end.status).toBe(0);
    const ports = JSON.parse(less.stdout).lines.filter(({ answer }: { answer: string }) => answer === "not-seen");
    expect(ports).toMatchObject([{ ports: String(second) }]);

    writeFileSync(
      manifest,
      readFileSync(manifest, "utf8").replace(/scope: loopback/g, "scope: loopback, required: true"),
    );
    const missing = await portolan("verify", manifest, ...serve(first));
    expect(missing.end.status).toBe(1);
    expect(missing.stdout).toMatch(new RegExp(`listen tcp ${second} .* is required and was not seen`));
  });

  it("answers 1 for a command that fails, and says so", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const manifest = here.path("manifest.yaml");
    writeFileSync(manifest, "schema: portolan.manifest/1\napplication: nothing\n");
    const started = here.beside([launcher, "verify", manifest, "--", program("sh"), "-c", "exit 23"]);
    started.input.end();
    expect(await started.ended()).toMatchObject({ status: 1 });
    expect(started.stdout).toContain("failed (exit status 23)");
  });
});
