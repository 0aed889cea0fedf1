import { hostname } from "node:os";
import { Problem } from "../../model/problem.ts";
import { interact } from "../portqry/interactive.ts";
import { untilEscape } from "../portqry/keys.ts";
import { lookLocally } from "../portqry/local.ts";
import { ERROR_STATUS, PortqryMistake } from "../portqry/mistake.ts";
import { mayReplace } from "../portqry/question.ts";
import { queryRemote } from "../portqry/remote.ts";
import { type PortqryRequest, requestOf } from "../portqry/rules.ts";
import { logHeading, openLog, type Screen, screenOn } from "../portqry/screen.ts";
import { readSwitches } from "../portqry/switches.ts";
import type { Context, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `PortQry's switches, output and exit status, on Portolan's engine.

Usage: portolan portqry SWITCH…    (or "portqry", the command beside it)

Ask only computers that you are allowed to ask.

Ask a computer:   portqry -n NAME [-p tcp|udp|both] [-e N | -r A:B | -o A,B,...]
                          [-l FILE [-y]] [-q] [-sl] [-nr] [-sp N] [-cn !NAME!]
Ask by dialogue:  portqry -i [the same switches as its first settings]
This computer:    portqry -local | -wport N | -wpid N [-wt S] [-l FILE [-y]]
                          [-v]

  -n NAME     name or address of the computer
  -p P        tcp (unless said), udp or both
  -e N        one port, 80 unless said
  -r A:B      the ports from A to B
  -o A,B,...  these ports, in this order
  -l FILE     also write a log; -y replaces one that is there without asking
  -q          print nothing but errors: the exit status answers. One port only
  -sl         a slow link: wait twice as long
  -nr         do not look for the name of an address
  -sp N       ask from this source port
  -cn !NAME!  the community of SNMP queries, "public" unless said
  -i          dialogue; "help" lists its commands
  -local      list the ports of this computer with their processes
  -wport N    watch a port, and print it whenever something changes
  -wpid N     watch a process
  -wt S       look at least every S seconds, 1 to 1200, 60 unless said
  -v          also services and loaded modules
  -?          this text

Switches may begin with "/" as well. ESC or Ctrl+C ends a watch.

Exit status: 0 listening, 1 not listening, 2 filtered, or listening or filtered;
99 for an error. Of several ports: 0 when any listens, else 2 when any is
undecided, else 1.
`;

/** `portolan portqry`, and the command `portqry`. */
export const portqry: Verb = {
  name: "portqry",
  help: HELP,
  options: {},
  words: true,
  command: false,
  raw: true,
  async run({ words, world: { stdout } }: Context) {
    try {
      const switches = readSwitches(words);
      if (switches.help || words.length === 0) {
        stdout.write(HELP);
        return 0;
      }
      return await answered(requestOf(switches), words, stdout);
    } catch (error) {
      if (!(error instanceof PortqryMistake) && !(error instanceof Problem)) throw error;
      // PortQry's errors stand where its answers do: that is where scripts look for them.
      const why = error instanceof Problem && error.why ? [error.why] : [];
      for (const line of [...error.message.split("\n"), ...why]) stdout.write(`${visible(line)}\n`);
      return ERROR_STATUS;
    }
  },
  statusOf: () => ERROR_STATUS,
};

async function answered(
  request: PortqryRequest,
  words: readonly string[],
  stdout: Context["world"]["stdout"],
): Promise<number> {
  const { log, quiet } = request;
  const descriptor = log && (await openLog(log.file, async () => log.overwrite || (await mayReplace(log.file))));
  if (log !== undefined && descriptor === undefined)
    throw new PortqryMistake(`The log file ${log.file} exists: -y overwrites it.`);
  const screen = screenOn(stdout, descriptor, quiet);
  screen.note(...(descriptor === undefined ? [] : logHeading(words, hostname(), new Date())));
  try {
    return await done(request, screen);
  } catch (error) {
    if (error instanceof PortqryMistake) screen.note(...error.message.split("\n"));
    throw error;
  } finally {
    screen.close();
  }
}

async function done(request: PortqryRequest, screen: Screen): Promise<number> {
  if (request.kind === "interactive") {
    await interact(request.query, screen);
    return 0;
  }
  const ending = untilEscape();
  try {
    if (request.kind === "remote") return await queryRemote(request.query, screen, ending.signal);
    await lookLocally(request.local, screen, ending.signal);
    return 0;
  } finally {
    ending.release();
  }
}
