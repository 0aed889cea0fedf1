import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { stages } from "./staged.ts";

const reason = lack("python3");
const stage = stages();

// PR_SET_NAME is 15 (prctl(2)); the kernel keeps 15 bytes of it.
const renamed = `
import ctypes, socket, sys
name = b"\\x1b[31mred\\n\\xff\\x9b2J"
assert ctypes.CDLL(None).prctl(15, name, 0, 0, 0) == 0
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
client = socket.create_connection(listener.getsockname())
`;

describe("a process that calls itself by escapes, a newline and bytes that are not UTF-8", () => {
  it("is reported, and nothing of it controls the terminal", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("server");
    const started = here.observe([program("python3"), "-c", renamed, String(port), "\u001b]0;title\u0007"]);
    expect(await started.ended()).toMatchObject({ status: 0 });
    expect(started.stderr).toContain(String(port));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(started.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    const profile = here.profile();
    const names = profile.processes.map(({ name }) => name);
    expect(names.some((name) => name.includes("[31mred"))).toBe(true);
    expect(profile.listens).toMatchObject([{ port, flows: 1 }]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(readFileSync(here.path("report"), "latin1")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});
