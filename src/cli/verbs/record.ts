import { atLeast, jsonLog } from "../../app/record/log.ts";
import { record as keepRecord } from "../../app/record/record.ts";
import { EXIT } from "../../model/exit-status.ts";
import { forTime } from "../for-time.ts";
import { sentences } from "../record/sentences.ts";
import type { Context, OptionValues, Verb } from "../verb.ts";
import { VERSION } from "../version.ts";

const HELP = `Records which application uses which port, when and with whom, for months.

Usage: portolan record [OPTION…]

It sees every process of the machine, in all network namespaces; without root
only those of its user, and not what is short. Ctrl+C ends it: what is recorded
stays, and the next recorder goes on in the same file.

Options:
      --store PATH      the record's file (/var/lib/portolan/portolan.db, or
                        ~/.local/state/portolan/portolan.db without root)
      --keep-flows T    how long single connections are kept (7d)
      --keep-usage T    how long usages are kept, hour by hour (3y)
      --max-size S      how large the file may become (5GB)
      --for T           end after so long: 30s, 10m, 2h, 7d
      --config FILE     settings from FILE, not from /etc/portolan/portolan.toml
                        (docs/configuration.md); options here win over them
      --collector C     ebpf, procfs or scripted:FILE instead of the best one
  -h, --help            this text

When it is ready it prints "recording to PATH" on stderr. What it has to say
beside that are sentences on a terminal, and lines of JSON anywhere else.

Exit status: 0 after Ctrl+C, SIGTERM or --for.
`;

/** Options that are settings as well. */
const SETTINGS = ["store", "keep-flows", "keep-usage", "max-size", "collector"];

/** `portolan record` */
export const record: Verb = {
  name: "record",
  help: HELP,
  options: {
    ...Object.fromEntries(SETTINGS.map((name) => [name, { type: "string" as const }])),
    config: { type: "string" },
    for: { type: "string" },
  },
  words: false,
  command: false,
  async run({ options, world: { stderr, environment } }: Context) {
    await keepRecord({
      options: Object.fromEntries(SETTINGS.flatMap((name) => text(options, name))),
      ...Object.fromEntries(text(options, "config")),
      ...(typeof options.for === "string" && { forMilliseconds: forTime("record", options.for) }),
      version: VERSION,
      environment,
      teller: (level) => (stderr.columns === undefined ? jsonLog(level) : atLeast(level, sentences(stderr))),
      ready: (path) => stderr.write(`recording to ${path}\n`),
    });
    return EXIT.done;
  },
};

function text(options: OptionValues, name: string): [string, string][] {
  const value = options[name];
  return typeof value === "string" ? [[name, value]] : [];
}
