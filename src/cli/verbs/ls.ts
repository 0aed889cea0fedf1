import { ls as listSockets } from "../../app/ls.ts";
import { EXIT } from "../../model/exit-status.ts";
import { incompleteText } from "../ls/incomplete.ts";
import { writeTable } from "../ls/table.ts";
import { outputFormat } from "../output-format.ts";
import type { Context, Verb } from "../verb.ts";

const HELP = `Shows what is in use right now, and by whom.

Usage: portolan ls [FILTER…] [OPTION…]

Filters:
  tcp, udp         one protocol
  listening        TCP sockets that listen, and UDP sockets bound to a port
  :PORT            this local or remote port
  pid:N            held by this process
  app:NAME         this application, process name or executable
  user:NAME        held by a process of this user (name or number)
  unit:NAME        held by a process of this systemd unit
  Filters of different kinds must all hold; of several of the same kind, one:
  "ls tcp :80 :443" shows TCP sockets with port 80 or 443.

Options:
  -v, --verbose    also each process's command, unit, container and modules
      --json       one JSON document (docs/schema/portolan.snapshot.1.json)
      --ndjson     one JSON object per socket and line
      --csv        a table for spreadsheets (RFC 4180); cells that a spreadsheet
                   would run as a formula begin with an apostrophe
      --collector C  ebpf, procfs or scripted:FILE instead of the one that suits
  -h, --help       this text

A terminal's width is kept; into a pipe or file every socket is one whole line.
What may be missing is said first, on stderr, with the command that brings it.
`;

/** `portolan ls` */
export const ls: Verb = {
  name: "ls",
  help: HELP,
  options: {
    verbose: { type: "boolean", short: "v" },
    json: { type: "boolean" },
    ndjson: { type: "boolean" },
    csv: { type: "boolean" },
    collector: { type: "string" },
  },
  words: true,
  command: false,
  async run({ options, words, world }: Context) {
    const format = outputFormat("ls", options, ["json", "ndjson", "csv"]);
    const verbose = options.verbose === true;
    const collector = typeof options.collector === "string" ? { collector: options.collector } : {};
    const brief = format === "text" && !verbose;
    const answer = await listSockets({ filters: words, verbose, brief, ...collector });
    world.stderr.write(incompleteText(answer, world.stderr));
    const { write } = await FORMATS[format]();
    write(answer, world.stdout, { verbose });
    return EXIT.done;
  },
};

/** The formats that are asked for less often are loaded then. */
const FORMATS = {
  text: async () => ({ write: writeTable }),
  json: async () => ({ write: (await import("../ls/json.ts")).writeJson }),
  ndjson: async () => ({ write: (await import("../ls/json.ts")).writeLines }),
  csv: async () => ({ write: (await import("../ls/csv.ts")).writeCsv }),
};
