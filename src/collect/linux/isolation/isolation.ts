import { closeSync, openSync } from "node:fs";
import { errnoName, lastErrno } from "../../../ffi/errno.ts";
import { openLibc } from "../../../ffi/libc.ts";
import type { Isolation } from "../../../model/interfaces.ts";
import { Problem } from "../../../model/problem.ts";
import { bringLoopbackUp } from "./loopback.ts";

const CLONE_NEWNET = 0x40000000; // include/uapi/linux/sched.h

/**
 * A network namespace for one application, in which there is nothing: no interface but loopback, and that only where
 * `loopback` asks for it. It ends with the last process in it (network_namespaces(7)).
 * @throws Problem `not-permitted` for whoever may not make one.
 */
export function createIsolation(loopback: boolean): Isolation {
  const libc = openLibc();
  const unshare = libc.declare<(flags: number) => number>("int unshare(int)");
  const setns = libc.declare<(fd: number, type: number) => number>("int setns(int, int)");
  return {
    starting(start) {
      const home = openSync("/proc/thread-self/ns/net", "r");
      try {
        if (unshare(CLONE_NEWNET) !== 0) throw refused(errnoName(lastErrno()));
        try {
          if (loopback && !bringLoopbackUp()) throw new Error("the loopback interface of a new namespace stays down");
          // A child is where the thread is that forks it.
          return start();
        } finally {
          goBack(setns, home);
        }
      } finally {
        closeSync(home);
      }
    },
  };
}

/** @throws Error where it fails, since everything after would be without a network. */
function goBack(setns: (fd: number, type: number) => number, home: number): void {
  if (setns(home, CLONE_NEWNET) !== 0) throw new Error("the way back to the own network namespace failed");
}

function refused(errno: string): Problem {
  return new Problem("not-permitted", "a network namespace of its own cannot be made for the command", {
    why: errno === "EPERM" ? "unshare(2) needs root (CAP_SYS_ADMIN)." : `unshare(2) fails with ${errno}.`,
    next: "sudo ./portolan run --offline -- COMMAND",
  });
}
