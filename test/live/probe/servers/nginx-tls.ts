import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { Authority } from "./authority.ts";
import { certificate } from "./certificate.ts";

/** The name that is asked for, and the ports at which certificates of each kind are shown. */
export const NAME = "harbour.test";
export const PORTS = { good: 443, expired: 8443, elsewhere: 9443, ownWord: 10443 };

/** nginx with four certificates: a good one, one that is over, one of somebody else, one that nobody else signed. */
export function nginxTls(island: Island): { authority: string } {
  const { stage } = island;
  const authority = new Authority(stage);
  const made = {
    good: authority.sign("good", { name: NAME, days: 23 }),
    expired: authority.sign("expired", { name: NAME, days: -1 }),
    elsewhere: authority.sign("elsewhere", { name: "elsewhere.test", days: 23 }),
    ownWord: certificate(stage, NAME),
  };
  const servers = (Object.keys(made) as (keyof typeof made)[]).map(
    (kind) => `server {
    listen 127.0.0.1:${PORTS[kind]} ssl;
    ssl_certificate ${made[kind].made}; ssl_certificate_key ${made[kind].key};
    return 200 "<title>Harbour office</title>";
  }`,
  );
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${stage.path(name)};`,
  );
  writeFileSync(
    stage.path("nginx.conf"),
    `daemon off; pid ${stage.path("pid")}; error_log ${stage.path("errors")}; user root;
events { worker_connections 23; }
http {
  access_log off; default_type text/html;
  ${[...folders, ...servers].join("\n  ")}
}
`,
  );
  island.start([program("nginx"), "-c", stage.path("nginx.conf")]);
  return { authority: authority.file };
}
