import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ProbeAnswer } from "../../../src/probe/protocol.ts";
import { program } from "../machine.ts";
import { portolan } from "../observer.ts";
import { Stage } from "../stage.ts";
import type { Started } from "../started.ts";
import { Hopeless, until } from "../until.ts";

/** What is asked of a server, and where; over UDP in the version `only`, where that is given. */
export type Ask = {
  protocol: string;
  transport: "tcp" | "udp";
  port: number;
  address?: string;
  community?: string;
  only?: number;
};

/** What the server sent to that, one entry for each reply, in hexadecimal, and how it was understood. */
export type Reply = { answer: ProbeAnswer; replies: string[] };

/** An address beside loopback's: without one some servers refuse to resolve even that of loopback (getaddrinfo(3)). */
export const OWN = "192.0.2.23";

/**
 * A network namespace with nothing in it but loopback and one server, at the ports where everybody expects it. Probes run
 * in there too, so that neither meets whatever else uses those ports on this machine.
 */
export class Island {
  readonly stage = new Stage(portolan);
  #server: Started | undefined;

  /** Starts the server; `before` are lines of shell that prepare the namespaces of network and mounts for it. */
  start(command: string[], before = "", environment?: NodeJS.ProcessEnv): Started {
    const script = `ip link set lo up\nip address add ${OWN}/24 dev lo\n${before}\nexec "$@"`;
    const around = [program("unshare"), "--net", "--mount", "--propagation", "private"];
    const argv = [...around, program("sh"), "-ec", script, "sh", ...command];
    this.#server = this.stage.beside(argv, environment);
    return this.#server;
  }

  /** Asks until the server answers: at first it may not be ready. */
  async ask(ask: Ask): Promise<Reply> {
    const server = this.#server;
    if (server === undefined) throw new Error("no server was started");
    const { protocol, transport } = ask;
    const words = [join(import.meta.dirname, "ask-main.ts"), JSON.stringify(ask)];
    return until(`an answer of ${protocol} over ${transport}`, async () => {
      if (!server.running) throw new Hopeless(`the server ended: ${server.stderr}${server.stdout}`);
      const within = ["--net", `--target=${server.pid}`, process.execPath, ...words];
      const { stdout } = await promisify(execFile)(program("nsenter"), within);
      const told = JSON.parse(stdout);
      return told.answer === undefined ? undefined : told;
    });
  }

  /** Ends the server, by pid, and removes its files. */
  async sink(): Promise<void> {
    await this.stage.strike();
  }
}
