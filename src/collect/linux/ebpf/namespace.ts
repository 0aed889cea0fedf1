import { closeSync, openSync } from "node:fs";
import { openLibc } from "../../../ffi/libc.ts";

const CLONE_NEWNET = 0x40000000; // include/uapi/linux/sched.h

type SetNamespace = (fd: number, type: number) => number;
let setNamespace: SetNamespace | undefined;

/**
 * Runs `work` with this thread in the network namespace of process `pid`, then goes back (setns(2)). False where the
 * process has gone or may not be entered.
 * @throws Error where the way back fails, since everything after would be about another namespace.
 */
export function inNamespace(pid: number, work: () => void): boolean {
  setNamespace ??= openLibc().declare<SetNamespace>("int setns(int, int)");
  const home = openSync("/proc/thread-self/ns/net", "r");
  try {
    const there = openOrGone(`/proc/${pid}/ns/net`);
    if (there === undefined) return false;
    const entered = setNamespace(there, CLONE_NEWNET) === 0;
    closeSync(there);
    if (!entered) return false;
    try {
      work();
    } finally {
      goBack(setNamespace, home);
    }
    return true;
  } finally {
    closeSync(home);
  }
}

function goBack(setNamespace: SetNamespace, home: number): void {
  if (setNamespace(home, CLONE_NEWNET) !== 0) throw new Error("the way back to the own network namespace failed");
}

function openOrGone(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return undefined;
    throw error;
  }
}
