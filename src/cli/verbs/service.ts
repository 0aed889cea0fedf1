import { ownService, type Service } from "../../app/service/service.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { jsonText } from "../json-text.ts";
import { nearest } from "../nearest.ts";
import { installedText, statusText, uninstalledText } from "../service/text.ts";
import type { Context, OptionValues, Verb } from "../verb.ts";

const HELP = `Runs the recorder as a service of systemd.

Usage: portolan service install|uninstall|start|stop|status [OPTION…]

  install      write the unit file, and the settings where there are none, and
               have the recorder start with the machine
  uninstall    end the recorder and remove the unit file; the record and the
               settings stay
  start, stop  now; nothing changes for the next boot
  status       whether it is installed and runs

Options:
      --print  with install: print the unit file, and install nothing
      --json   with status: one JSON document
               (docs/schema/portolan.service.1.json)
  -h, --help   this text

Exit status of status: 0 when the recorder runs, 1 when it does not.
`;

const ACTIONS = ["install", "uninstall", "start", "stop", "status"] as const;
type Action = (typeof ACTIONS)[number];

/** `portolan service` */
export const service: Verb = {
  name: "service",
  help: HELP,
  options: { print: { type: "boolean" }, json: { type: "boolean" } },
  words: true,
  command: false,
  async run({ options, words, world: { stdout } }: Context) {
    const action = actionOf(words, options);
    const own = ownService();
    if (action === "status") return status(own, options.json === true, stdout);
    if (action === "start" || action === "stop") own[action]();
    else if (action === "uninstall") stdout.write(uninstalledText(own.uninstall()));
    else stdout.write(options.print === true ? own.unit() : installedText(own.install()));
    return EXIT.done;
  },
};

function status(own: Service, json: boolean, stdout: Context["world"]["stdout"]): number {
  const document = own.status();
  stdout.write(json ? `${jsonText(document)}\n` : statusText(document));
  return document.active === "active" ? EXIT.done : EXIT.no;
}

function actionOf(words: readonly string[], options: OptionValues): Action {
  const [word, extra] = words;
  const action = ACTIONS.find((name) => name === word);
  const next = "./portolan service --help";
  if (word === undefined) {
    throw new Problem("missing-value", "service needs to be told what to do", {
      why: `One of ${ACTIONS.join(", ")}.`,
      next,
    });
  }
  if (action === undefined) {
    const near = nearest(word, [...ACTIONS]);
    const why = near === undefined ? `It takes one of ${ACTIONS.join(", ")}.` : `did you mean ${near}?`;
    throw new Problem("unexpected-word", `service does not take the word "${word}"`, { why, next });
  }
  if (extra !== undefined) throw new Problem("unexpected-word", `service ${action} takes no word "${extra}"`, { next });
  for (const [option, owner] of [
    ["print", "install"],
    ["json", "status"],
  ] as const) {
    if (options[option] !== undefined && action !== owner) {
      throw new Problem("conflicting-options", `--${option} belongs to "service ${owner}"`, { next });
    }
  }
  return action;
}
