import type { PortResult, Question } from "../../probe/result.ts";
import type { Found } from "./answer.ts";

/** What counts more, where the addresses of a name differ: a service anywhere, then whatever leaves room for one. */
function weight({ verdict, unsent }: PortResult): number {
  if (verdict === "listening") return 4;
  if (verdict === "listening-or-filtered") return 3;
  if (unsent === true) return 0;
  return verdict === "filtered" ? 2 : 1;
}

/**
 * What several addresses of one name say together, in the order of the questions. A port listens where it does at any of
 * them, and is said not to listen only where all of them say so; an address that this machine cannot reach at all says
 * nothing beside another.
 */
export function combine(passes: readonly Found[][], questions: readonly Question[]): Found[] {
  const [only] = passes;
  if (only !== undefined && passes.length === 1) return only;
  const best = new Map<number, Found>();
  for (const found of passes.flat()) {
    const before = best.get(key(found.result));
    if (before === undefined || weight(found.result) > weight(before.result)) best.set(key(found.result), found);
  }
  return questions.flatMap((question) => best.get(key(question)) ?? []);
}

/** The questions to which no address has said yes. */
export function stillOpen(passes: readonly Found[][], questions: readonly Question[]): readonly Question[] {
  const listening = passes.flat().filter(({ result }) => result.verdict === "listening");
  const answered = new Set(listening.map(({ result }) => key(result)));
  return answered.size === 0 ? questions : questions.filter((question) => !answered.has(key(question)));
}

/** The address that stands for a target: the first at which something listens, else the first that answered. */
export function answering(found: readonly Found[], addresses: readonly string[]): string | undefined {
  for (const wanted of ["listening", "not-listening"]) {
    const having = new Set(found.flatMap(({ result, address }) => (result.verdict === wanted ? [address] : [])));
    const first = addresses.find((address) => having.has(address));
    if (first !== undefined) return first;
  }
  return addresses[0];
}

function key({ protocol, port }: Question): number {
  return port * 2 + (protocol === "tcp" ? 0 : 1);
}
