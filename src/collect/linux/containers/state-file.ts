import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

/** A file as it was when it was read. */
export type StateFile = { text: string; version: string };

/**
 * Reads a file that somebody else wrote, perhaps to mislead: only where it is a plain file of at most `limit` bytes, so that
 * no pipe makes us wait and no link leads elsewhere. Undefined where it is none, where it cannot be read, and where it is still
 * of `version`.
 */
export function readStateFile(path: string, limit: number, version?: string): StateFile | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch {
    return undefined; // the engine is not there, or it is not for this user
  }
  try {
    const status = fstatSync(file, { bigint: true });
    const now = `${status.dev}:${status.ino}:${status.size}:${status.mtimeNs}`;
    if (!status.isFile() || status.size > BigInt(limit) || now === version) return undefined;
    return { text: readFileSync(file, "utf8"), version: now };
  } finally {
    closeSync(file);
  }
}
