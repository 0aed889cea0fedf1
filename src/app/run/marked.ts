import { basename } from "node:path";
import { receiveMarks } from "../marks/receive.ts";
import type { Observation } from "./observe.ts";

/** Does `work` under an observation, which takes the marks that `mark` sends as long as that goes on. */
export async function marked<T>(
  observation: Observation,
  application: string,
  environment: NodeJS.ProcessEnv,
  work: () => Promise<T>,
): Promise<T> {
  const about = { verb: "run", application: basename(application) };
  const receiver = await receiveMarks(environment, about, observation.mark);
  try {
    return await observation.during(work);
  } finally {
    receiver?.close();
  }
}
