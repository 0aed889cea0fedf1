import koffi from "koffi";
import { Problem } from "../model/problem.ts";

/** A C pointer as koffi hands it over. */
export type Pointer = bigint;

/** A shared library of the system, whose functions are declared by their C prototypes. */
export type Library = {
  /** The name under which it was found. */
  readonly name: string;
  /**
   * The function that `prototype` declares, e.g. `int close(int)`.
   * @throws Problem `not-available` where the library has no such function.
   */
  declare<T extends (...parameters: never[]) => unknown>(prototype: string): T;
  /**
   * The same, called on a thread of its own for what may wait: the program goes on meanwhile. errno stays behind there.
   */
  declareWaiting<P extends unknown[], R>(prototype: string): (...parameters: P) => Promise<R>;
};

/**
 * Opens the first of `names` that the system's loader finds.
 * @throws Problem `not-available`, with `next` as the command that brings it.
 */
export function openLibrary(names: readonly string[], next: string): Library {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      return declared(name, koffi.load(name));
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Problem("not-available", `${names[0]} cannot be loaded.`, {
    why: reasons[0] ?? "No name was given.",
    next,
  });
}

function declared(name: string, handle: ReturnType<typeof koffi.load>): Library {
  const find = (prototype: string) => {
    try {
      return handle.func(prototype);
    } catch (cause) {
      throw new Problem("not-available", `${name} has no function \`${prototype}\`.`, {
        why: "The library on this system is too old or another one.",
        cause,
      });
    }
  };
  return {
    name,
    declare: <T>(prototype: string) => find(prototype) as T,
    declareWaiting<P extends unknown[], R>(prototype: string) {
      const found = find(prototype);
      return (...parameters: P) =>
        new Promise<R>((resolve, reject) => {
          found.async(...parameters, (error: unknown, result: R) => (error ? reject(error) : resolve(result)));
        });
    },
  };
}
