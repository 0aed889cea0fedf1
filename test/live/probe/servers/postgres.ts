import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** Where Debian keeps the programs, for each version. */
const VERSIONS = "/usr/lib/postgresql";

/** Where those of the newest version are. */
export const POSTGRES = join(VERSIONS, existsSync(VERSIONS) ? newest(readdirSync(VERSIONS)) : "0", "bin");

function newest(versions: string[]): string {
  return String(Math.max(0, ...versions.map(Number).filter(Number.isFinite)));
}

/** PostgreSQL, which must not be root; with or without encryption. */
export function postgres(island: Island, encrypts: boolean): void {
  const { stage } = island;
  const [uid, gid] = ["-u", "-g"].map((word) => Number(execFileSync(program("id"), [word, "postgres"]))) as [
    number,
    number,
  ];
  chownSync(stage.directory, uid, gid);
  const { key, made } = certificate(stage, "quay.harbour.test");
  chownSync(key, uid, gid);
  chmodSync(key, 0o600);
  const data = stage.path("data");
  execFileSync(`${POSTGRES}/initdb`, ["--pgdata", data, "--no-sync", "--auth=scram-sha-256", `--pwfile=${made}`], {
    ...{ uid, gid, stdio: "ignore" },
  });
  const options = [
    ...["listen_addresses=127.0.0.1", `unix_socket_directories=${stage.directory}`, "fsync=off"],
    ...(encrypts ? ["ssl=on", `ssl_cert_file=${made}`, `ssl_key_file=${key}`] : []),
  ].flatMap((option) => ["-c", option]);
  const user = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups"];
  island.start([program("setpriv"), ...user, `${POSTGRES}/postgres`, "-D", data, ...options]);
}
