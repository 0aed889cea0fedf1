import type { QueryPort, QueryTarget } from "../../model/documents/query.ts";
import type { Protocol } from "../../model/endpoint.ts";
import type { Question } from "../../probe/result.ts";
import { type ScanListener, type ScanRequest, scan } from "../../probe/scan.ts";
import { portDocuments, type QueryAnswer, targetDocument } from "./answer.ts";
import { addressesOf, answering, combine, type Pass, stillOpen } from "./combine.ts";
import { createLines } from "./lines.ts";
import type { PortChoice } from "./ports.ts";
import { createProgress, type QueryProgress } from "./progress.ts";
import { lookForName } from "./reverse.ts";
import { namedServices } from "./services.ts";
import type { Target } from "./target.ts";

/** What a query asks. */
export type QueryRequest = {
  target: Target;
  protocols: readonly Protocol[];
  ports: PortChoice;
  sourcePort?: number;
  slowLink: boolean;
  /** Whether the name of an address is looked for. */
  reverse: boolean;
  /** Packets in any second, at most. */
  rate?: number;
  community: string;
};

/** Who wants to know while it runs. */
export type QueryListener = {
  /** A port, in the order of asking: of a target with one address as soon as it and those before it are known. */
  port?(port: QueryPort, target: QueryTarget): void;
  /** Now and then. */
  progress?(progress: QueryProgress): void;
};

export type { QueryProgress };

/** How long a name server may still take when the ports are known, in milliseconds. */
const NAME = 1_000;
/** The probe whose answer is long: PortQry leaves it out where ports were not named one by one, and so do we. */
const LONG = "rpc";

/**
 * Asks the ports of a host. An interruption by `signal` ends it with what is known.
 * @throws Problem for what the scan cannot work with.
 */
export async function query(
  request: QueryRequest,
  listener: QueryListener,
  signal?: AbortSignal,
): Promise<QueryAnswer> {
  const { ports, protocols, target, reverse } = request;
  const [first = "", second] = target.addresses;
  const questions = ports.ports.flatMap((port) => protocols.map((protocol) => ({ protocol, port })));
  const search = target.name === undefined && reverse ? lookForName(first) : undefined;
  const serviceOf = namedServices();
  let told: ScanListener = {};
  let begin = (_: QueryTarget) => {};
  if (listener.port !== undefined && second === undefined) {
    // What is known of a port of the only address is final.
    const document = portDocuments(serviceOf);
    const lines = createLines((result, whose) => listener.port?.(document(result), whose));
    told = { next: lines.add };
    begin = lines.begin;
    void Promise.resolve(search?.name).then((name = target.name) => begin(targetDocument(name, first, [first])));
  }
  const passes = await ask(request, { questions, serviceOf, told, report: listener.progress }, signal);
  const name = target.name ?? (await search?.within(NAME));
  const results = combine(passes, questions);
  const addressOf = addressesOf(passes);
  const whose = targetDocument(
    name,
    answering(passes) ?? first,
    passes.map(({ address }) => address),
  );
  const portDocument = portDocuments(serviceOf, second === undefined ? undefined : addressOf);
  begin(whose);
  if (second !== undefined) for (const result of results) listener.port?.(portDocument(result), whose);
  const unknown = questions.length - results.length;
  return { target: whose, results, unknown, interrupted: signal?.aborted === true, addressOf, portDocument };
}

type Asking = {
  questions: readonly Question[];
  serviceOf: ScanRequest["serviceOf"];
  told: ScanListener;
  report: QueryListener["progress"];
};

/** Asks one address after the other, each what no other has said yes to. */
async function ask(
  request: QueryRequest,
  { questions, serviceOf, told, report }: Asking,
  signal: AbortSignal | undefined,
): Promise<Pass[]> {
  const progress = createProgress(report);
  const passes: Pass[] = [];
  try {
    for (const address of request.target.addresses) {
      const open = stillOpen(passes, questions);
      if (open.length === 0 || signal?.aborted) break;
      progress.address(address, open.length);
      const asked = scanRequest(request, address, open, serviceOf);
      passes.push({ address, results: await scan(asked, { ...told, result: progress.count }, signal) });
    }
  } finally {
    progress.end();
  }
  return passes;
}

function scanRequest(
  { target: { name }, ports, sourcePort, slowLink, rate, community }: QueryRequest,
  address: string,
  questions: readonly Question[],
  serviceOf: ScanRequest["serviceOf"],
): ScanRequest {
  return {
    address,
    questions,
    serviceOf,
    slowLink,
    community,
    greeting: ports.named,
    mayProbe: (probe) => ports.named || probe !== LONG,
    ...(name !== undefined && { name }),
    ...(sourcePort !== undefined && { sourcePort }),
    ...(rate !== undefined && { rate }),
  };
}
