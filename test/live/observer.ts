import { readFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "./machine.ts";
import type { Picture } from "./picture.ts";
import { type Profile, pictureOf, readProfile } from "./profile.ts";
import { truthOf } from "./strace/truth.ts";

/** The repository's root. */
const root = join(import.meta.dirname, "../..");
/** The launcher, as a user types it. */
export const launcher = join(root, "portolan");

/** What an observer says about a program once it has ended. */
export type Report = { picture: Picture; profile?: Profile };

/** Somebody who runs a command and tells what it did with ports. */
export type Observer = {
  name: string;
  /** The command line that runs `command` and writes to `file`. */
  wrap(command: string[], file: string): string[];
  report(file: string): Report;
};

const traced = "trace=%network,%process,read,readv,write,writev,pwritev2,sendfile";

/** The truth: every system call of the program and of what it starts (strace(1)). */
export const strace: Observer = {
  name: "strace",
  // -s bounds what is kept of data; arguments of commands are shorter. -y gives each socket's inode.
  wrap: (command, file) => [
    program("strace"),
    "-f",
    "-tt",
    "-y",
    "-s",
    "300",
    "-e",
    traced,
    "-o",
    file,
    "--",
    ...command,
  ],
  report: (file) => ({ picture: truthOf(readFileSync(file, "utf8")) }),
};

/** Portolan under test, with more options where a test needs them. */
export function portolanWith(...options: string[]): Observer {
  return {
    name: "portolan",
    wrap: (command, file) => [launcher, "run", ...options, "--output", file, "--", ...command],
    report: (file) => {
      const profile = readProfile(file);
      return { profile, picture: pictureOf(profile) };
    },
  };
}

/** Portolan under test. */
export const portolan: Observer = portolanWith();
