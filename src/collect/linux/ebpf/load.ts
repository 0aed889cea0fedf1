import { Problem } from "../../../model/problem.ts";
import type { Libbpf } from "./libbpf.ts";
import { type LoadedObject, type LoadOptions, loadObject } from "./object.ts";
import { PARTS, type Part, UDP_CONNECTS } from "./parts.ts";

export type LoadedCapture = { object: LoadedObject; refused: Part[] };

/**
 * Loads the capture with every part that this kernel takes. `constants` makes the object's constants, given whether the
 * UDP length tracepoints are there. A refusal costs one trial load per part, and only on a kernel that refuses.
 * @throws Problem `not-available` where not even TCP can be followed.
 */
export function loadCapture(
  libbpf: Libbpf,
  constants: (haveLengths: boolean) => Uint8Array,
  sizes: Record<string, number>,
): LoadedCapture {
  const attempt = (parts: readonly Part[]): LoadedObject => {
    const wanted = new Set(parts.flatMap((part) => part.programs));
    const without = new Set(
      [...PARTS, UDP_CONNECTS].flatMap((part) => part.programs).filter((name) => !wanted.has(name)),
    );
    const haveLengths = parts.some((part) => part.name === "udp-bytes");
    const options: LoadOptions = { without, sizes, constants: constants(haveLengths) };
    return loadObject(libbpf, "capture", options);
  };
  try {
    return { object: attempt(PARTS), refused: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  const taken: Part[] = [];
  const refused: Part[] = [];
  for (const part of PARTS) {
    if (part.without === undefined) taken.push(part);
    else if (takes(attempt, [...required(), part])) taken.push(part);
    else refused.push(part);
  }
  if (!taken.some((part) => part.name === "udp-bytes")) {
    if (takes(attempt, [...required(), UDP_CONNECTS])) taken.push(UDP_CONNECTS);
    else refused.push(UDP_CONNECTS);
  }
  return { object: attempt(taken), refused };
}

function required(): Part[] {
  return PARTS.filter((part) => part.without === undefined);
}

function takes(attempt: (parts: readonly Part[]) => LoadedObject, parts: readonly Part[]): boolean {
  try {
    attempt(parts).close();
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
