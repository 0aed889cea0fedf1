import { mark as send } from "../../app/mark.ts";
import { EXIT } from "../../model/exit-status.ts";
import { featureObjection } from "../../model/mark.ts";
import { Problem } from "../../model/problem.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `Names the function of the application that is exercised from now on.

Usage: portolan mark TEXT [OPTION…]

Send it while "portolan run" or "portolan record" goes on, and exercise that
function then: ports that are opened and connections that begin until the next
mark belong to it. Start-up, idle and shutdown are told apart by themselves.

Options:
      --to PID   which run or record, where several go on
  -h, --help     this text

Exit status: 0 when it is marked, 64 when several go on, 69 when none does.
`;

/** `portolan mark` */
export const mark: Verb = {
  name: "mark",
  help: HELP,
  options: { to: { type: "string" } },
  words: true,
  command: false,
  async run({ options, words, world }: Context) {
    const feature = featureOf(words);
    const running = await send({
      feature,
      environment: world.environment,
      ...(typeof options.to === "string" && { to: pidOf(options.to) }),
    });
    const where = `${running.verb} of ${visible(running.application)} (process ${running.pid})`;
    world.stdout.write(`marked "${visible(feature)}" in the ${where}\n`);
    return EXIT.done;
  },
};

function featureOf(words: readonly string[]): string {
  const [text, extra] = words;
  const next = './portolan mark "Sync now"';
  if (text === undefined) {
    throw new Problem("missing-value", "mark needs the name of a function", { next });
  }
  if (extra !== undefined) {
    throw new Problem("unexpected-word", `mark does not take the word "${extra}"`, {
      why: "The name of a function is one word, or stands in quotes.",
      next: `./portolan mark "${words.join(" ")}"`,
    });
  }
  const why = featureObjection(text);
  if (why !== undefined) throw new Problem("bad-value", "this text cannot name a function", { why, next });
  return text.trim();
}

function pidOf(value: string): number {
  if (/^[1-9]\d{0,9}$/.test(value)) return Number(value);
  throw new Problem("bad-value", `--to "${value}" is no process id`, {
    why: "It is a whole number from 1 up.",
    next: "./portolan mark TEXT",
  });
}
