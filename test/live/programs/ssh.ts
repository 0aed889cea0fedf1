import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../machine.ts";
import { untilBound } from "../port.ts";
import type { Scenario, Stage } from "../stage.ts";
import { until } from "../until.ts";
import { relay } from "./relay.ts";

const sent = 1_299_709;

/** sshd, which logs a client in by key; a relay in front of it counts what neither counts exactly. */
export const sshServer: Scenario = async (stage) => {
  const [port, between] = [await stage.port("ssh"), await stage.port("relay")];
  const server = stage.observe(serverCommand(stage, port));
  await untilBound(server, port);
  const { back } = await relay(stage, between, port);
  const client = stage.beside(clientCommand(stage, between));
  await downloaded(client);
  await until("the end of the relayed connection", () => back.closed);
  await server.stop();
  return { "tcp in <ssh>": back.other };
};

/** The ssh client, to an sshd behind a relay. */
export const sshClient: Scenario = async (stage) => {
  const [port, between] = [await stage.port("ssh"), await stage.port("relay")];
  const server = stage.beside(serverCommand(stage, port));
  await untilBound(server, port);
  const { front } = await relay(stage, between, port);
  await downloaded(stage.observe(clientCommand(stage, between)));
  await until("the end of the relayed connection", () => front.closed);
  await server.stop();
  return { "tcp out <relay>": front.other };
};

async function downloaded(client: ReturnType<Stage["beside"]>): Promise<void> {
  const end = await client.ended();
  if (end.status !== 0 || client.stdoutBytes.length !== sent) {
    throw new Error(`ssh ended with ${end.status} and ${client.stdoutBytes.length} bytes: ${client.stderr}`);
  }
}

function serverCommand(stage: Stage, port: number): string[] {
  for (const name of ["host-key", "user-key"]) {
    execFileSync(program("ssh-keygen"), ["-q", "-t", "ed25519", "-N", "", "-f", stage.path(name)]);
  }
  // sshd(8) insists on this empty folder; Debian's unit makes it.
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const options = {
    Port: port,
    ListenAddress: "127.0.0.1",
    HostKey: stage.path("host-key"),
    PidFile: stage.path("sshd-pid"),
    AuthorizedKeysFile: stage.path("user-key.pub"),
    StrictModes: "no",
    UsePAM: "no",
    PermitRootLogin: "prohibit-password",
    UseDNS: "no",
    // A nested shell does not read its start-up files, which would run whatever this machine's user put there (bash(1)).
    SetEnv: "SHLVL=1",
  };
  const file = stage.path("sshd_config");
  writeFileSync(
    file,
    Object.entries(options)
      .map((pair) => `${pair.join(" ")}\n`)
      .join(""),
  );
  return [program("sshd"), "-D", "-e", "-f", file];
}

function clientCommand(stage: Stage, port: number): string[] {
  const options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes", "IdentitiesOnly=yes"];
  const words = options.flatMap((option) => ["-o", option]);
  const key = stage.path("user-key");
  return [
    program("ssh"),
    ...["-F", "none", ...words, "-i", key, "-p", String(port), "root@127.0.0.1", `head -c ${sent} /dev/zero`],
  ];
}
