import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { arch } from "node:process";

/** Machines whose programs this kernel runs: e_machine of elf(5), from include/uapi/linux/elf-em.h. */
const MACHINES: { readonly [arch: string]: readonly number[] } = { x64: [62, 3], arm64: [183, 40] };
/** What the kernel reads of a file to tell how to execute it: BINPRM_BUF_SIZE of include/uapi/linux/binfmts.h. */
const HEAD = 256;

/**
 * Why the file at `path` is no program here, or undefined where it may be one. What the kernel does not recognise is
 * given to a shell (execvp(3)), which takes a program for another machine for a script and runs whatever it makes of it.
 */
export function noProgram(path: string): string | undefined {
  const head = headOf(path);
  if (head === undefined || head.toString("latin1", 0, 2) === "#!") return undefined;
  const machines = MACHINES[arch];
  if (machines === undefined || hasMoreFormats()) return undefined;
  if (head.toString("latin1", 0, 4) === "\x7fELF") {
    if (head.length >= 20 && machines.includes(head.readUInt16LE(18))) return undefined;
    return head.length < 64 ? "It is cut short." : "It is a program for another machine.";
  }
  const line = head.indexOf("\n");
  return head.subarray(0, line === -1 ? undefined : line).includes(0)
    ? "It is neither a program for this machine nor a script."
    : undefined;
}

/** The first bytes; undefined where they may be executed and not be read. */
function headOf(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(file, bytes, 0, HEAD, 0));
  } finally {
    closeSync(file);
  }
}

/** Whether an interpreter is registered for further formats, such as Wine or qemu (binfmt_misc of proc_sys_fs(5)). */
function hasMoreFormats(): boolean {
  try {
    return readdirSync("/proc/sys/fs/binfmt_misc").some((name) => name !== "register" && name !== "status");
  } catch {
    return false;
  }
}
