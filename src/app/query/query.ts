import type { QueryPort, QueryTarget } from "../../model/documents/query.ts";
import type { Protocol } from "../../model/endpoint.ts";
import type { Question } from "../../probe/result.ts";
import { type ScanListener, type ScanRequest, scan } from "../../probe/scan.ts";
import { type Found, portDocuments, type QueryAnswer, targetDocument } from "./answer.ts";
import { answering, combine, stillOpen } from "./combine.ts";
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
  const { addresses } = target;
  const [first = ""] = addresses;
  const questions = ports.ports.flatMap((port) => protocols.map((protocol) => ({ protocol, port })));
  const serviceOf = namedServices();
  const portDocument = portDocuments(serviceOf, addresses.length > 1);
  const lines = createLines((found, whose) => listener.port?.(portDocument(found), whose));
  const search = target.name === undefined && reverse ? lookForName(first) : undefined;
  if (addresses.length === 1) {
    // What is known of a port of the only address is final.
    void Promise.resolve(search?.name).then((name = target.name) => lines.begin(targetDocument(name, first, [first])));
  }
  const progress = createProgress(listener.progress);
  const asked: string[] = [];
  const passes: Found[][] = [];
  try {
    for (const address of addresses) {
      const open = stillOpen(passes, questions);
      if (open.length === 0 || signal?.aborted) break;
      asked.push(address);
      progress.address(address, open.length);
      const told: ScanListener = { result: progress.count };
      if (listener.port && addresses.length === 1) told.next = (result) => lines.add({ result, address });
      const results = await scan(scanRequest(request, address, open, serviceOf), told, signal);
      passes.push(results.map((result) => ({ result, address })));
    }
  } finally {
    progress.end();
  }
  const found = combine(passes, questions);
  const name = target.name ?? (await search?.within(NAME));
  const whose = targetDocument(name, answering(found, asked) ?? first, asked);
  lines.begin(whose);
  if (listener.port && addresses.length > 1) for (const each of found) lines.add(each);
  const interrupted = signal?.aborted === true;
  return { target: whose, found, unknown: questions.length - found.length, interrupted, portDocument };
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
