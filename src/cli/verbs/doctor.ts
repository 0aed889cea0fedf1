import { doctor as examine } from "../../app/doctor.ts";
import { EXIT } from "../../model/exit-status.ts";
import { doctorText } from "../doctor/text.ts";
import { jsonText } from "../json-text.ts";
import type { Context, Verb } from "../verb.ts";
import { VERSION } from "../version.ts";

const HELP = `Says what works on this machine, and how to get the rest.

Usage: portolan doctor [OPTION…]

Options:
      --json   one JSON document (docs/schema/portolan.doctor.1.json)
  -h, --help   this text

Exit status: 0 when this machine can be observed, 1 when it cannot at all.
`;

/** `portolan doctor` */
export const doctor: Verb = {
  name: "doctor",
  help: HELP,
  options: { json: { type: "boolean" } },
  words: false,
  command: false,
  async run({ options, world }: Context) {
    const document = await examine(VERSION);
    world.stdout.write(options.json ? `${jsonText(document)}\n` : doctorText(document, world.stdout));
    return document.collectors.some(({ ready }) => ready) ? EXIT.done : EXIT.no;
  },
};
