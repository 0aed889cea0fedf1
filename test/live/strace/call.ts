/**
 * One system call as strace wrote it. Sockets are told apart by their inode, which stays the same over dup, fork and fd
 * passing, where the number of the descriptor does not.
 */
export type Call = {
  thread: number;
  name: string;
  arguments: string;
  /** The text after `=`, e.g. `0`, `5<socket:[1234]>`, `-1 EINPROGRESS (Operation now in progress)`, `?`. */
  result: string;
  /** The number returned; -1 for a failure, absent where the call did not return. */
  value?: number;
  /** The errno's name, e.g. `ECONNREFUSED`. */
  error?: string;
  /** Inode of the socket in the first argument. */
  inode?: number;
  /** Inode of the socket that the call returned. */
  returnedInode?: number;
};

const line = /^(\d+)\s+\d\d:\d\d:\d\d\.\d+ (.*)$/s;
const resumed = /^<\.\.\. (\w+) resumed>(.*)$/s;
const unfinished = / ?<unfinished \.\.\.>\)?(\s+= \?)?$/;
const complete = /^(\w+)\((.*)\)\s+= (.+)$/s;

/**
 * The system calls in the text that `strace -f -tt -y -o FILE` wrote (strace(1)), in the order in which they returned.
 * Signals and exits are left out. A call that its thread never came back from is reported last, without a value.
 */
export function calls(text: string): Call[] {
  const found: Call[] = [];
  const open = new Map<number, string>();
  for (const row of text.split("\n")) {
    const match = line.exec(row);
    if (match === null) continue;
    const thread = Number(match[1]);
    let rest = match[2] ?? "";
    if (rest.startsWith("+++") || rest.startsWith("---")) continue;
    if (unfinished.test(rest)) {
      open.set(thread, rest.replace(unfinished, ""));
      continue;
    }
    const again = resumed.exec(rest);
    if (again !== null) {
      const begun = open.get(thread);
      open.delete(thread);
      if (begun === undefined) continue;
      rest = begun + again[2];
    }
    const parts = complete.exec(rest);
    if (parts !== null) found.push(call(thread, parts[1] ?? "", parts[2] ?? "", parts[3] ?? ""));
  }
  for (const [thread, begun] of open) {
    const bracket = begun.indexOf("(");
    if (bracket > 0) found.push(call(thread, begun.slice(0, bracket), begun.slice(bracket + 1), "?"));
  }
  return found;
}

function call(thread: number, name: string, args: string, result: string): Call {
  const made: Call = { thread, name, arguments: args, result };
  const value = /^-?\d+/.exec(result);
  if (value !== null) made.value = Number(value[0]);
  const error = /^-1 (E[A-Z0-9]+)/.exec(result);
  if (error?.[1] !== undefined) made.error = error[1];
  const inode = /^\d+<socket:\[(\d+)\]>/.exec(args);
  if (inode !== null) made.inode = Number(inode[1]);
  const returned = /^\d+<socket:\[(\d+)\]>/.exec(result);
  if (returned !== null) made.returnedInode = Number(returned[1]);
  return made;
}
