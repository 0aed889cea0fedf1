import { type Input, processInput } from "./input.ts";
import type { Output } from "./output.ts";
import { descriptorOutput } from "./output.ts";

/** Everything outside that the command line touches, as one record: tests put their own in its place. */
export type World = {
  /** Absent where there is nothing to read. */
  stdin?: Input;
  stdout: Output;
  stderr: Output;
  environment: NodeJS.ProcessEnv;
};

/** The world of this process. */
export function processWorld(): World {
  const environment = process.env;
  return {
    stdin: processInput(),
    stdout: descriptorOutput(1, environment),
    stderr: descriptorOutput(2, environment),
    environment,
  };
}
