import { LineCounter, type Node } from "yaml";
import { Problem, type ProblemCode } from "../../model/problem.ts";

const SHOWN = 10;

/** Gathers what is wrong with a file that a person wrote, each at its line and column, so that a person can correct all at once. */
export class Issues {
  readonly lines = new LineCounter();
  readonly #file: string;
  readonly #code: ProblemCode;
  readonly #found: { offset: number; message: string }[] = [];

  constructor(file: string, code: ProblemCode = "bad-manifest") {
    this.#file = file;
    this.#code = code;
  }

  /** Something is wrong at the offset `where`, or at a node; without either, in the file as a whole. */
  add(where: number | Node | undefined, message: string): void {
    const offset = typeof where === "number" ? where : (where?.range?.[0] ?? 0);
    this.#found.push({ offset, message });
  }

  /** Throws the problem when anything was found: the first in the message, the others as its reason. */
  check(): void {
    const [first, ...others] = this.#found.sort((a, b) => a.offset - b.offset).map((issue) => this.#text(issue));
    if (first === undefined) return;
    const more = others.length > SHOWN ? [...others.slice(0, SHOWN), `… and ${others.length - SHOWN} more`] : others;
    throw new Problem(this.#code, first, {
      ...(more.length === 0 ? {} : { why: `also:\n${more.join("\n")}` }),
      next: `correct ${this.#file}, or name another file`,
    });
  }

  #text({ offset, message }: { offset: number; message: string }): string {
    const { line, col } = this.lines.linePos(offset);
    return `${this.#file}:${Math.max(line, 1)}:${Math.max(col, 1)}: ${message}`;
  }
}
