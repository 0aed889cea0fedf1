import { catchInterruption } from "../../app/query/interruption.ts";
import { type QueryListener, query as queryHost } from "../../app/query/query.ts";
import { resolveTarget } from "../../app/query/target.ts";
import { statusOf } from "../../model/verdict.ts";
import { outputFormat } from "../output-format.ts";
import { queryLine } from "../query/progress.ts";
import { queryRequest } from "../query/request.ts";
import { queryText } from "../query/text.ts";
import type { Context, Verb } from "../verb.ts";

const HELP = `Asks whether ports of another computer are listening, and what answers there.

Usage: portolan query HOST [OPTION…]

HOST is a name or an address. Of a name with several addresses each is asked,
one after the other, until the port listens at one. Query only computers that
you are allowed to query.

Ports:
  -e, --port P        one port (80)
  -r, --range A:B     a range
  -o, --ports A,B,…   a list
  -p, --protocol P    tcp, udp or both (tcp)

Options:
      --rate N        send at most N packets a second; without it the pace
                      follows what the network bears
      --slow-link     wait twice as long for answers
      --source-port N ask from this port
      --no-reverse    do not look for the name of an address
      --community C   the community of SNMP (public)
  -v, --verbose       a row for every port, however many
      --json          one JSON document (docs/schema/portolan.query.1.json)
      --ndjson        one JSON object per port and line, as they become known
      --csv           a table for spreadsheets
  -h, --help          this text

Where a service is known by its name in /etc/services, or by its port, it is
asked in its own protocol. A port is filtered when nothing came back, or word
that it may not be reached; a silent UDP port is listening or filtered.
Ctrl+C shows what is known by then.

Exit status: 0 when any port listens, else 2 when any is undecided, else 1;
130 after Ctrl+C.
`;

/** `portolan query` */
export const query: Verb = {
  name: "query",
  help: HELP,
  options: {
    protocol: { type: "string", short: "p" },
    port: { type: "string", short: "e" },
    range: { type: "string", short: "r" },
    ports: { type: "string", short: "o" },
    "source-port": { type: "string" },
    "slow-link": { type: "boolean" },
    "no-reverse": { type: "boolean" },
    rate: { type: "string" },
    community: { type: "string" },
    verbose: { type: "boolean", short: "v" },
    json: { type: "boolean" },
    ndjson: { type: "boolean" },
    csv: { type: "boolean" },
  },
  words: true,
  command: false,
  async run({ options, words, world }: Context) {
    const format = outputFormat("query", options, ["json", "ndjson", "csv"]);
    const { host, ...request } = queryRequest(words, options);
    const { stdout, stderr } = world;
    const line = queryLine(stderr);
    const listener: QueryListener = { ...(line && { progress: line.show }) };
    if (format === "ndjson") {
      const { portLine } = await import("../query/json.ts");
      listener.port = (port, target) => stdout.write(portLine(port, target));
    }
    const target = await resolveTarget(host);
    const interruption = catchInterruption();
    const answer = await queryHost({ ...request, target }, listener, interruption.signal).finally(() => {
      interruption.end();
      line?.clear();
    });
    if (format === "text") stdout.write(queryText(answer, stdout, options.verbose === true));
    if (format === "json") (await import("../query/json.ts")).writeJson(answer, stdout);
    if (format === "csv") (await import("../query/csv.ts")).writeCsv(answer, stdout);
    return interruption.status() ?? statusOf(answer.results);
  },
};
