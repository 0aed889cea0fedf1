import { describe, expect, it } from "vitest";
import { lack, program } from "../machine.ts";
import { launcher } from "../observer.ts";
import { untilBound } from "../port.ts";
import type { Stage } from "../stage.ts";
import { stages } from "../staged.ts";

const reason = lack("python3");
const stage = stages();

// A process of a copy of Python that is named so, as the kernel names it, with arguments that are no better.
const hostile = String.raw`
import os, shutil, sys
name = b"=\x1b[31mred\n\xff\xc2\x9b2J,\""
file = os.path.join(os.fsencode(sys.argv[2]), name)
shutil.copy(os.path.realpath(sys.executable), file)
work = """
import signal, socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
signal.pause()"""
os.execv(file, [file, "-c", work, sys.argv[1], name, b"\x1b]0;title\x07"])`;

/** Everything that \`portolan ls :port WORDS\` prints about the hostile process, as bytes. */
async function listed(here: Stage, ...words: string[]): Promise<Buffer> {
  const port = await here.port("hostile");
  const started = here.beside([program("python3"), "-c", hostile, String(port), here.directory]);
  await untilBound(started, port);
  const ls = here.beside([launcher, "ls", `:${port}`, ...words]);
  expect(await ls.ended()).toMatchObject({ status: 0 });
  expect(ls.stdout).toContain(String(port));
  return ls.stdoutBytes;
}

/** The name as text: each byte that is not UTF-8 is one replacement character. */
const NAME = '=\u001b[31mred\n\ufffd\u009b2J,"';
/** What the kernel keeps of it as the process's name: 15 bytes (TASK_COMM_LEN of include/linux/sched.h), here 14 characters. */
const COMM = NAME.slice(0, 14);

/** The text, which must be UTF-8 and must hold no control character but line ends. */
function harmless(bytes: Buffer): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(text).not.toMatch(/(?!\r?\n)[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  return text;
}

describe("a process named by escapes, a newline and bytes that are not UTF-8", () => {
  it.for([[[]], [["-v"]]] as [string[]][])("is one harmless row of ls %j", async ([words], { skip }) => {
    skip(reason !== undefined, reason);
    const text = harmless(await listed(stage(), ...words));
    expect(text.split("\n").filter((line) => line.startsWith("tcp "))).toHaveLength(1);
    expect(text).toContain("\\x1b[31mred\\x0a");
  });

  it("is one cell of ls --csv, and no formula", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const rows = harmless(await listed(stage(), "--csv"))
      .trimEnd()
      .split("\r\n");
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/,"'=\\x1b\[31mred\\x0a/);
  });

  it.for(["--json", "--ndjson"])("is told by ls %s with the characters that it has", async (format, { skip }) => {
    skip(reason !== undefined, reason);
    const document = JSON.parse(harmless(await listed(stage(), format)));
    const [owner] = (document.sockets?.[0] ?? document).processes;
    expect(owner.name).toBe(COMM);
    expect(owner.arguments.slice(-2)).toEqual([NAME, "\u001b]0;title\u0007"]);
    expect(owner.executable.endsWith(`/${NAME}`)).toBe(true);
  });

  it("is told by run --json in a document that a terminal survives", async ({ skip }) => {
    skip(reason !== undefined, reason);
    const here = stage();
    const port = await here.port("hostile");
    const command = [program("python3"), "-c", hostile, String(port), here.directory];
    const run = here.beside([launcher, "run", "--json", "--for", "2s", "--", ...command]);
    expect(await run.ended()).toMatchObject({ status: 0 });
    const { processes, listens } = JSON.parse(harmless(run.stdoutBytes));
    expect(listens).toMatchObject([{ port }]);
    expect(processes.map(({ name }: { name: string }) => name)).toContain(COMM);
  });
});
