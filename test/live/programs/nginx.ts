import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { program } from "../machine.ts";
import { untilListening } from "../port.ts";
import type { Scenario, Stage } from "../stage.ts";
import { until } from "../until.ts";
import { fetchBody, webServer } from "./http.ts";
import { Tally } from "./tally.ts";

const requests = 23;

/** nginx with one site on IPv4, one on IPv6, and a proxied path; its access log counts every byte. */
export const nginx: Scenario = async (stage) => {
  const four = await stage.port("site four");
  const six = await stage.port("site six");
  const behind = await stage.port("behind");
  await webServer(stage, behind, Buffer.alloc(7919, "b"));
  const started = stage.observe([program("nginx"), "-c", configure(stage, { four, six, behind }, "off")]);
  await untilListening(started, four);
  await untilListening(started, six, "::1");

  const agent = new Agent({ keepAlive: true });
  const [tally, counted] = [new Tally(), new WeakSet()];
  for (let i = 0; i < requests; i++) {
    await fetchBody(`http://127.0.0.1:${four}/page`, agent, tally, counted);
    await fetchBody(`http://[::1]:${six}/page`, agent, tally, counted);
  }
  await fetchBody(`http://127.0.0.1:${four}/behind`, agent, tally, counted);
  agent.destroy();
  await until("nginx's log of every request", () => rows(stage).length === 2 * requests + 1);
  await started.stop("SIGQUIT");
  return ownCount(stage, { four, six });
};

type Ports = { four: number; six: number; behind: number };

/** Writes the configuration of nginx and returns its path. */
export function configure(stage: Stage, ports: Ports, daemon: "on" | "off"): string {
  mkdirSync(stage.path("site"));
  writeFileSync(stage.path("site/page"), Buffer.alloc(104_729, "p"));
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${stage.path(name)};`)
    .join("\n");
  const site = (listen: string) => `server {
    listen ${listen};
    root ${stage.path("site")};
    location /behind { proxy_pass http://127.0.0.1:${ports.behind}/; }
  }`;
  const file = stage.path("nginx.conf");
  writeFileSync(
    file,
    `daemon ${daemon};
user root;
worker_processes 2;
pid ${stage.path("pid")};
error_log ${stage.path("errors")};
events { worker_connections 64; }
http {
  log_format counted '$server_port $request_length $bytes_sent $upstream_bytes_sent $upstream_bytes_received';
  access_log ${stage.path("access")} counted;
  ${folders}
  ${site(`127.0.0.1:${ports.four}`)}
  ${site(`[::1]:${ports.six} ipv6only=on`)}
}
`,
  );
  return file;
}

function rows(stage: Stage): string[][] {
  const text = readFileSync(stage.path("access"), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split(" "));
}

function ownCount(stage: Stage, ports: { four: number; six: number }) {
  const sum = (column: number, port?: number) =>
    rows(stage)
      .filter((row) => port === undefined || row[0] === String(port))
      .reduce((total, row) => total + (Number(row[column]) || 0), 0);
  return {
    "tcp in <site four>": { bytesIn: sum(1, ports.four), bytesOut: sum(2, ports.four) },
    "tcp in <site six>": { bytesIn: sum(1, ports.six), bytesOut: sum(2, ports.six) },
    "tcp out <behind>": { bytesOut: sum(3), bytesIn: sum(4) },
  };
}
