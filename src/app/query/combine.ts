import type { PortResult, Question } from "../../probe/result.ts";

/** What one address of a target said. */
export type Pass = { readonly address: string; readonly results: readonly PortResult[] };

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
export function combine(passes: readonly Pass[], questions: readonly Question[]): readonly PortResult[] {
  const [only] = passes;
  if (only !== undefined && passes.length === 1) return only.results;
  const best = new Map<number, PortResult>();
  for (const result of passes.flatMap(({ results }) => results)) {
    const before = best.get(key(result));
    if (before === undefined || weight(result) > weight(before)) best.set(key(result), result);
  }
  return questions.flatMap((question) => best.get(key(question)) ?? []);
}

/** The questions to which no address has said yes. */
export function stillOpen(passes: readonly Pass[], questions: readonly Question[]): readonly Question[] {
  const listening = passes.flatMap(({ results }) => results.filter(({ verdict }) => verdict === "listening"));
  const answered = new Set(listening.map(key));
  return answered.size === 0 ? questions : questions.filter((question) => !answered.has(key(question)));
}

/** Which address a result is of. */
export function addressesOf(passes: readonly Pass[]): (result: PortResult) => string {
  const [first] = passes;
  const later = new Map(passes.slice(1).flatMap(({ address, results }) => results.map((each) => [each, address])));
  return (result) => later.get(result) ?? first?.address ?? "";
}

/** The address that stands for a target: the first at which something listens, else the first that answered. */
export function answering(passes: readonly Pass[]): string | undefined {
  const saying = (wanted: PortResult["verdict"]) =>
    passes.find(({ results }) => results.some(({ verdict }) => verdict === wanted));
  return (saying("listening") ?? saying("not-listening") ?? passes[0])?.address;
}

function key({ protocol, port }: Question): number {
  return port * 2 + (protocol === "tcp" ? 0 : 1);
}
