import { Problem } from "../../model/problem.ts";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) that say what a person can do. */
const PERMISSION = 3;
const BUSY = 5;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;
/** Extended codes: the file that readers and the writer share could not be made larger or mapped, for want of room. */
const SHARED_MEMORY_SIZE = INPUT_OUTPUT | (19 << 8);
const SHARED_MEMORY_MAP = INPUT_OUTPUT | (21 << 8);

/** Whose record it is, and what was to be done with it. */
export type Place = { path: string; reading: boolean };

/** What went wrong with a record, as a Problem where a person can do something about it; else as it is. */
export function recordProblem(error: unknown, { path, reading }: Place): unknown {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return error;
  const why = `SQLite says: ${error.message} (${error.errcode}).`;
  const full = [SHARED_MEMORY_SIZE, SHARED_MEMORY_MAP].includes(error.errcode);
  const cause = error;
  switch (full ? FULL : error.errcode & 0xff) {
    case FULL:
      return new Problem("record-full", `there is no room to write ${path}`, {
        why: "The disk is full, or the user's share of it.",
        next: `df -h ${path}`,
        cause,
      });
    case NOT_A_DATABASE:
      return new Problem("bad-record", `${path} is no record of Portolan`, {
        why: "It is no database at all; the file stays as it is.",
        next: "name another file with --store",
        cause,
      });
    case CORRUPT:
      return new Problem("bad-record", `${path} is damaged`, {
        why,
        next: `mv ${path} ${path}.damaged, so that the recorder begins a new one`,
        cause,
      });
    case BUSY:
      return new Problem("record-in-use", `${path} is locked by another program`, {
        why: "It holds a lock that neither the recorder nor a reader holds for long.",
        next: `fuser -v ${path}`,
        cause,
      });
    case PERMISSION:
    case READ_ONLY:
    case CANNOT_OPEN:
      return new Problem("not-permitted", `${path} cannot be ${reading ? "read" : "written"} by this user`, {
        why: reading ? `${why} Whoever reads needs the files beside it that end in -wal and -shm, too.` : why,
        next: `sudo ./portolan ${reading ? "apps" : "record"} --store ${path}`,
        cause,
      });
    case INPUT_OUTPUT:
      return new Problem("record-failed", `${path} could not be read or written`, { why, next: "dmesg | tail", cause });
    default:
      return error;
  }
}
