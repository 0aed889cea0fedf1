import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ProbeAnswer } from "../../../src/probe/protocol.ts";
import { program } from "../machine.ts";
import { portolan } from "../observer.ts";
import { Stage } from "../stage.ts";
import type { Started } from "../started.ts";
import { Hopeless, until } from "../until.ts";

/**
 * What is asked of a server, and where: as whom, when it has a certificate, and with which authority trusted; over UDP in
 * the version `only`, where that is given.
 */
export type Ask = {
  protocol: string;
  transport: "tcp" | "udp";
  port: number;
  name?: string;
  address?: string;
  authority?: string;
  community?: string;
  only?: number;
};

/** What the server sent to that, one entry for each reply, in hexadecimal, and how it was understood. */
export type Reply = { answer: ProbeAnswer; replies: string[] };

/** An address beside loopback's: without one some servers refuse to resolve even that of loopback (getaddrinfo(3)). */
export const OWN = "192.0.2.23";

/** How long a server may take to start, in milliseconds: RabbitMQ and a domain controller do take some seconds. */
const SLOWEST = 60_000;

/**
 * A network namespace with nothing in it but loopback and one server, at the ports where everybody expects it. Probes run
 * in there too, so that neither meets whatever else uses those ports on this machine.
 */
export class Island {
  readonly stage = new Stage(portolan);
  #server: Started | undefined;

  /** Starts the server; `before` are lines of shell that prepare the namespaces of network and mounts for it. */
  start(command: string[], before = "", environment?: NodeJS.ProcessEnv): Started {
    // Some servers take an input that is a socket for their only client.
    const script = `ip link set lo up\nip address add ${OWN}/24 dev lo\n${before}\nexec "$@" </dev/null`;
    const around = [program("unshare"), "--net", "--mount", "--propagation", "private"];
    const argv = [...around, program("sh"), "-ec", script, "sh", ...command];
    this.#server = this.stage.beside(argv, environment);
    return this.#server;
  }

  /** Asks until the server answers: at first it may not be ready. */
  async ask(ask: Ask): Promise<Reply> {
    const { protocol, transport } = ask;
    const answered = async () => {
      const { answer, replies } = await this.askOnce(ask);
      return answer && { answer, replies };
    };
    return until(`an answer of ${protocol} over ${transport}`, answered, SLOWEST);
  }

  /** Asks a server that may have no answer. */
  async askOnce(ask: Ask): Promise<Partial<Reply> & Pick<Reply, "replies">> {
    const main = join(import.meta.dirname, "ask-main.ts");
    return JSON.parse(await this.within([process.execPath, main, JSON.stringify(ask)]));
  }

  /** What a command says that runs where the server does, as long as that does. */
  async within(command: string[]): Promise<string> {
    const server = this.#server;
    if (server === undefined) throw new Error("no server was started");
    if (!server.running) throw new Hopeless(`the server ended: ${server.stderr}${server.stdout}`);
    const words = ["--net", "--mount", `--target=${server.pid}`, ...command];
    const { stdout } = await promisify(execFile)(program("nsenter"), words);
    return stdout;
  }

  /** Ends the server, by pid, and removes its files. */
  async sink(): Promise<void> {
    await this.stage.strike();
  }
}
