import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseSettings } from "../../formats/config/parse.ts";
import type { Settings } from "../../formats/config/settings.ts";
import { Problem } from "../../model/problem.ts";
import { writersBesideRoot } from "../service/writers.ts";

/** Where the machine's recorder has its settings. No other place is looked into. */
const SETTINGS_FILE = "/etc/portolan/portolan.toml";

const OTHERS_WRITE = 0o022; // chmod(2): group and others

/**
 * The settings in `asked`; where that is absent, those of the machine's recorder for root, where there is such a file, and
 * none for others.
 * @throws Problem `bad-config` where they cannot be read, are mistaken, or somebody else may change them.
 */
export function readSettings(asked?: string): Settings {
  const path = asked ?? SETTINGS_FILE;
  if (asked === undefined && process.geteuid?.() !== 0) return {};
  const file = open(path, asked !== undefined);
  if (file === undefined) return {};
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw refused(`${path} is no file`, "Settings are a plain file.", `ls -l ${path}`);
    const strange = status.uid !== 0 && status.uid !== process.geteuid?.();
    if (strange || (status.mode & OTHERS_WRITE) !== 0) throw changeable(path, path);
    const folder = asked === undefined ? writersBesideRoot(dirname(path)) : undefined;
    if (folder !== undefined) throw changeable(path, folder);
    return parseSettings(readFileSync(file, "utf8"), path);
  } finally {
    closeSync(file);
  }
}

/** A pipe would make us wait: it is opened without, and refused. */
function open(path: string, needed: boolean): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && !needed) return undefined;
    throw refused(`the settings ${path} cannot be read`, message, `ls -l ${path}`, error);
  }
}

function changeable(path: string, part: string): Problem {
  const why = "Whoever can change them decides where root writes and what is recorded.";
  const next = `sudo chown root ${part} && sudo chmod go-w ${part}`;
  const what = part === path ? "it" : part;
  return refused(`${path} is not taken: others than root may write to ${what}`, why, next);
}

function refused(what: string, why: string, next: string, cause?: unknown): Problem {
  return new Problem("bad-config", what, { why, next, ...(cause !== undefined && { cause }) });
}
