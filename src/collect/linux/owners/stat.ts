/** What /proc/PID/stat tells (proc_pid_stat(5)); numbers in brackets are the fields of that page. */
export type Stat = {
  /** The process's own name for itself (2), at most 15 bytes, any bytes. */
  name: string;
  /** One letter (3); `Z` and `X` are dead. */
  state: string;
  parent: number;
  processGroup: number;
  session: number;
  /** A kernel thread has no program, no files and no sockets of its own (PF_KTHREAD in field 9). */
  kernelThread: boolean;
  /** Clock ticks from boot to its start (22). */
  startTicks: number;
  /** Changes when the process executes another program: bottom of the stack (28), which each exec places anew. */
  image: string;
};

/** PF_KTHREAD of include/linux/sched.h. */
const KERNEL_THREAD = 0x0020_0000;

/**
 * The fields of `text`, the content of one /proc/PID/stat. The name stands in parentheses and may itself hold
 * parentheses, spaces and newlines, so it ends at the last `)`. Absent when the text is not such a line.
 */
export function parseStat(text: string): Stat | undefined {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).split(" ", 27);
  const number = (field: number) => Number(fields[field - 3]);
  const [parent, processGroup, session, flags, startTicks] = [number(4), number(5), number(6), number(9), number(22)];
  if (![parent, processGroup, session, flags, startTicks].every(Number.isSafeInteger)) return undefined;
  return {
    name: text.slice(open + 1, close),
    state: fields[0] ?? "",
    parent,
    processGroup,
    session,
    kernelThread: (flags & KERNEL_THREAD) !== 0,
    startTicks,
    image: fields[28 - 3] ?? "",
  };
}
