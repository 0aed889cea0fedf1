import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { children, program } from "../machine.ts";
import { untilListening } from "../port.ts";
import type { Scenario, Stage } from "../stage.ts";
import { until } from "../until.ts";

const files = [1009, 104_729, 1_299_709];

/** vsftpd with passive data ports, from which curl fetches several files; its log counts what the files held. */
export const vsftpd: Scenario = async (stage) => {
  const port = await stage.port("ftp");
  const [from, to] = [21_100, 21_122];
  stage.roles.push({ name: "passive", from, to });
  mkdirSync(stage.path("root"), { mode: 0o755 });
  for (const size of files) writeFileSync(stage.path(`root/${size}`), Buffer.alloc(size, "f"));
  const settings = {
    listen: "YES",
    listen_address: "127.0.0.1",
    listen_port: port,
    background: "NO",
    anonymous_enable: "YES",
    anon_root: stage.path("root"),
    pasv_min_port: from,
    pasv_max_port: to,
    xferlog_enable: "YES",
    xferlog_file: stage.path("transfers"),
    dual_log_enable: "YES",
    vsftpd_log_file: stage.path("log"),
    log_ftp_protocol: "YES",
    secure_chroot_dir: "/run/vsftpd/empty",
  };
  const configuration = stage.path("vsftpd.conf");
  writeFileSync(
    configuration,
    Object.entries(settings)
      .map((pair) => `${pair.join("=")}\n`)
      .join(""),
  );
  mkdirSync("/run/vsftpd/empty", { recursive: true });
  const server = stage.observe([program("vsftpd"), configuration]);
  await untilListening(server, port);

  // One curl keeps one control connection for all the files, and opens a data connection for each.
  const wanted = files.flatMap((size) => [`ftp://127.0.0.1:${port}/${size}`, "-o", stage.path(`got-${size}`)]);
  // vsftpd's log writes <password> for any password: given as the password, it has its own length.
  const user = ["--user", "anonymous:<password>"];
  const client = stage.beside([program("curl"), "--silent", "--show-error", ...user, ...wanted]);
  const end = await client.ended();
  if (end.status !== 0) throw new Error(`curl ended with ${end.status}: ${client.stderr}`);
  const log = await until("vsftpd's log of every transfer", () => {
    const rows = readFileSync(stage.path("transfers"), "utf8").split("\n").filter(Boolean);
    return rows.length === files.length ? rows : undefined;
  });
  await until("the end of the sessions", async () => children(await server.application()).length === 0);
  await server.stop();
  // xferlog(5): the eighth word is the size of the file in bytes.
  const sent = log.reduce((sum, row) => sum + Number(row.split(/\s+/)[7]), 0);
  return {
    "tcp in <passive>": { bytesIn: 0, bytesOut: sent },
    "tcp in <ftp>": { bytesIn: logged(stage, "command"), bytesOut: logged(stage, "response") },
  };
};

/** Payload of the control connections' lines of one kind, each with the CR and LF that end it. */
function logged(stage: Stage, kind: "command" | "response"): number {
  const lines = readFileSync(stage.path("log"), "utf8").matchAll(new RegExp(`FTP ${kind}: .*?, "(.*)"$`, "gm"));
  return [...lines].reduce((sum, [, text]) => sum + Buffer.byteLength(text ?? "") + 2, 0);
}
