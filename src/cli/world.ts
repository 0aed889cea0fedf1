import { type Input, processInput } from "./input.ts";
import type { Output } from "./output.ts";
import { descriptorOutput } from "./output.ts";
import type { Terminal } from "./terminal.ts";

/** Everything outside that the command line touches, as one record: tests put their own in its place. */
export type World = {
  /** Absent where there is nothing to read. */
  stdin?: Input;
  stdout: Output;
  stderr: Output;
  environment: NodeJS.ProcessEnv;
  /** The terminal that standard output is, for whoever wants all of it; undefined where it is none that could be drawn on. */
  terminal?(): Promise<Terminal | undefined>;
};

/** The world of this process. */
export function processWorld(): World {
  const environment = process.env;
  const stdout = descriptorOutput(1, environment);
  return {
    stdin: processInput(),
    stdout,
    stderr: descriptorOutput(2, environment),
    environment,
    async terminal() {
      const { TERM } = environment;
      if (stdout.columns === undefined || !TERM || TERM === "dumb") return undefined;
      return (await import("./terminal.ts")).processTerminal(stdout);
    },
  };
}
