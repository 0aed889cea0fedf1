import type { Declaration } from "../../model/declaration.ts";

/** A file, as text, and its name as messages and sources show it. */
export type DeclarationFile = { file: string; text: string };

/** One kind of file in which authors state ports. */
export type Importer = {
  /** What is typed to name it. */
  name: string;
  /** What it reads, for `--help`. */
  title: string;
  /** Whether `file` looks like one by its name, or its text where names say nothing. */
  matches(file: DeclarationFile): boolean;
  /**
   * The applications that it states ports of. `wanted` is the one that is asked for, where the file holds too many to
   * tell apart by themselves.
   */
  read(file: DeclarationFile, wanted: string | undefined): Declaration[];
};

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
