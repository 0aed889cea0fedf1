import type { Output } from "../output.ts";

/** Where `run` writes while the application runs. */
export type Notices = Output & {
  /** Throws what a write failed with, if one did. */
  settle(): void;
};

/** Notices on `stderr`. That it cannot be written, on a full disk for instance, must not end what is being observed. */
export function noticesOn(stderr: Output): Notices {
  let failure: Error | undefined;
  return {
    columns: stderr.columns,
    colour: stderr.colour,
    write(text) {
      try {
        stderr.write(text);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        failure ??= error;
      }
    },
    settle() {
      if (failure !== undefined) throw failure;
    },
  };
}
