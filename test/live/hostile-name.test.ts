import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lack, program } from "./machine.ts";
import { stages } from "./staged.ts";

const reason = lack("python3");
const stage = stages();

const name = String.raw`b"\x1b[31mred\n\xff\x9b2J"`;

// PR_SET_NAME is 15 (prctl(2)); the kernel keeps 15 bytes of it.
const byItself = `
import ctypes, sys
assert ctypes.CDLL(None).prctl(15, ${name}, 0, 0, 0) == 0
`;

// The kernel names a process after the file that it executes, here a link in the folder of the second argument.
const byItsFile = `
import os, sys
if len(sys.argv) == 4:
    link = os.path.join(os.fsencode(sys.argv[2]), ${name})
    os.symlink(sys.executable, link)
    os.execv(link, [link, "-c", sys.argv[3], sys.argv[1], ${name}])
`;

const work = `
import socket
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
client = socket.create_connection(listener.getsockname())
`;

describe("a process named by escapes, a newline and bytes that are not UTF-8", () => {
  it.for([
    ["itself", byItself + work, []],
    ["its file", byItsFile, [`import sys\n${work}`]],
  ] as const)("by %s is reported, and nothing of it controls the terminal", async ([, code, more], { skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("server");
    const words = more.length > 0 ? [here.directory, ...more] : ["\u001b]0;title\u0007"];
    const started = here.observe([program("python3"), "-c", code, String(port), ...words]);
    expect(await started.ended()).toMatchObject({ status: 0 });
    const profile = here.profile();
    expect(profile).toMatchObject({ complete: true, gaps: [], listens: [{ port, flows: 1 }] });
    expect(profile.processes.map((one) => one.name).join()).toContain("[31mred");
    expect(started.stderr).toContain(String(port));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(started.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(readFileSync(here.path("report"), "latin1")).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});
