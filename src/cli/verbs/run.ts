import { attach } from "../../app/run/attach.ts";
import { each } from "../../app/run/each.ts";
import { openResults } from "../../app/run/results.ts";
import { type RunAnswer, run as runCommand } from "../../app/run/run.ts";
import { EXIT } from "../../model/exit-status.ts";
import { Problem } from "../../model/problem.ts";
import { forTime } from "../for-time.ts";
import { jsonText } from "../json-text.ts";
import { followingText } from "../run/following.ts";
import { leftoversText } from "../run/leftovers.ts";
import { liveLine } from "../run/live.ts";
import { misplaced } from "../run/misplaced.ts";
import { noticesOn } from "../run/notices.ts";
import { reportText } from "../run/report.ts";
import type { Context, OptionValues, Verb } from "../verb.ts";
import { visible } from "../visible.ts";

const HELP = `Shows which ports an application uses.

Usage: portolan run [OPTION…] -- COMMAND [ARGUMENT…]
       portolan run [OPTION…] --pid N | --unit U

Starts COMMAND and follows it and everything it starts, from the first
instruction. Its input, output, terminal, signals and exit status stay its own.
Ctrl+C ends the application; the report then goes to stderr. When COMMAND has
ended and processes of it remain, they are followed until Ctrl+C or --for, and
for at most 10 seconds where stdin is no terminal.

Options:
      --for T         end after T (30s, 10m, 2h): COMMAND gets SIGTERM, and
                      SIGKILL ten seconds later; run then ends with 0
      --pid N         follow a process that runs already, and what it starts;
                      its past is unknown. Ctrl+C leaves it alone
      --unit U        follow a systemd unit that runs already
      --json          the profile as one JSON document on stdout; COMMAND's own
                      stdout goes to stderr (schema: docs/schema)
      --output FILE   also write that document to FILE
      --save MANIFEST state the ports that were used in a manifest; in an
                      existing one only what is not stated yet is added
      --offline       run COMMAND without a network, but for loopback, and say
                      whether it needs one
      --no-loopback   with --offline: without loopback either
      --steps FILE    exercise COMMAND as FILE says (portolan.steps/1: features,
                      and the command of each), and end it then
      --collector C   ebpf, procfs or scripted:FILE instead of the best one here
  -h, --help          this text

Exit status: COMMAND's own (128+N when signal N ended it); 0 where --for
or --steps ended it; 125 when Portolan failed, 126 when COMMAND cannot be
executed, 127 when it is not found, 65 when FILE of --steps has mistakes.
`;

/** `portolan run` */
export const run: Verb = {
  name: "run",
  help: HELP,
  options: {
    for: { type: "string" },
    pid: { type: "string" },
    unit: { type: "string" },
    json: { type: "boolean" },
    output: { type: "string" },
    save: { type: "string" },
    steps: { type: "string" },
    offline: { type: "boolean" },
    "no-loopback": { type: "boolean" },
    collector: { type: "string" },
  },
  words: true,
  command: true,
  async run({ options, words, command, world }: Context) {
    if (words.length > 0) throw misplaced(words, options, command);
    const request = requestOf(options);
    const results = openResults({ ...text("output", options), ...text("save", options) });
    const notices = noticesOn(world.stderr);
    const answer = await observed(request, command, options.json === true, { ...world, stderr: notices });
    each([
      () => show(answer.profile, options.json === true, world),
      () => results.write(answer.profile),
      () => notices.settle(),
    ]);
    return answer.status;
  },
  statusOf(problem) {
    const own: number[] = [EXIT.usage, EXIT.notExecutable, EXIT.commandNotFound];
    if (problem.code === "bad-steps") return EXIT.badInput; // nothing was started, and a person has to correct it
    return own.includes(problem.status) ? problem.status : EXIT.runFailed;
  },
};

function show(profile: RunAnswer["profile"], json: boolean, { stdout, stderr }: Context["world"]): void {
  const { columns, colour } = stderr;
  if (json) stdout.write(`${jsonText(profile)}\n`);
  else stderr.write(reportText(profile, { width: columns ?? 80, colour, sanitise: visible }));
}

function stepsWithoutCommand(): Problem {
  return new Problem("conflicting-options", "--steps goes with a command, not with --pid or --unit", {
    why: "It ends the application when the steps are done.",
    next: "./portolan run --steps FILE -- COMMAND",
  });
}

type Request = {
  target?: { pid: number } | { unit: string };
  forMilliseconds?: number;
  collector?: string;
  steps?: string;
  offline?: { loopback: boolean };
};

async function observed(
  { target, offline, ...request }: Request,
  command: string[] | undefined,
  json: boolean,
  world: Context["world"],
): Promise<RunAnswer> {
  if (target !== undefined) {
    if (request.steps !== undefined) throw stepsWithoutCommand();
    if (command !== undefined) {
      const [option, value] = "pid" in target ? ["--pid", target.pid] : ["--unit", target.unit];
      throw new Problem("conflicting-options", "run takes a command, --pid or --unit, and only one of them", {
        why: `A command is started anew; ${option} follows what runs already.`,
        next: `./portolan run ${option} ${value}`,
      });
    }
    const live = liveLine(world.stderr);
    try {
      return await attach({
        ...request,
        target,
        environment: world.environment,
        ready: (application, processes) => world.stderr.write(followingText(application, processes)),
        ...(live && { progress: live.show }),
      });
    } finally {
      live?.clear();
    }
  }
  if (command === undefined || command.length === 0) {
    throw new Problem("missing-command", "run needs a command", {
      why: "What is to be started comes after --.",
      next: "./portolan run -- curl http://localhost/",
    });
  }
  return runCommand({
    ...request,
    ...(offline && { offline }),
    command,
    environment: world.environment,
    outputToStderr: json,
    listener: { leftovers: (processes, until) => world.stderr.write(leftoversText(processes, until)) },
  });
}

function requestOf(options: OptionValues): Request {
  const request: Request = { ...text("collector", options), ...text("steps", options) };
  if (typeof options.for === "string") request.forMilliseconds = forTime("run", options.for);
  if (options.pid !== undefined && options.unit !== undefined) {
    throw new Problem("conflicting-options", "--pid and --unit exclude each other", { next: "./portolan run --help" });
  }
  if (typeof options.pid === "string") request.target = { pid: pidOf(options.pid) };
  if (typeof options.unit === "string") request.target = { unit: options.unit };
  const offline = offlineOf(options, request.target !== undefined);
  return offline ? { ...request, offline } : request;
}

function offlineOf(options: OptionValues, attached: boolean): Request["offline"] {
  const loopback = options["no-loopback"] !== true;
  if (options.offline !== true) {
    if (loopback) return undefined;
    throw new Problem("conflicting-options", "--no-loopback belongs to --offline", {
      next: "./portolan run --offline --no-loopback -- COMMAND",
    });
  }
  if (!attached) return { loopback };
  throw new Problem("conflicting-options", "what runs already cannot be taken off the network", {
    why: "--offline starts a command anew.",
    next: "./portolan run --offline -- COMMAND",
  });
}

function text<Name extends string>(name: Name, options: OptionValues): { [K in Name]?: string } {
  const value = options[name];
  return typeof value === "string" ? ({ [name]: value } as { [K in Name]: string }) : {};
}

function pidOf(value: string): number {
  if (/^[1-9]\d{0,9}$/.test(value)) return Number(value);
  throw new Problem("bad-value", `--pid "${value}" is no process id`, {
    why: "It is a whole number from 1 up.",
    next: "ps -e",
  });
}
