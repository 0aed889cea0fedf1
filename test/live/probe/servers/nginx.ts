import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** nginx with one page that has a title, on port 80, and one that it sends elsewhere, on 8080. */
export function nginx(island: Island): void {
  const { stage } = island;
  mkdirSync(stage.path("site"));
  writeFileSync(
    stage.path("site/index.html"),
    "<!doctype html>\n<html><head><title>\n  Harbour\n  office</title></head></html>\n",
  );
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${stage.path(name)};`)
    .join("\n");
  writeFileSync(
    stage.path("nginx.conf"),
    `daemon off; pid ${stage.path("pid")}; error_log ${stage.path("errors")}; user root;
events { worker_connections 23; }
http {
  access_log off; types { text/html html; }
  ${folders}
  server { listen 127.0.0.1:80; root ${stage.path("site")}; }
  server { listen 127.0.0.1:8080; return 301 http://harbour.test/; }
}
`,
  );
  island.start([program("nginx"), "-c", stage.path("nginx.conf")]);
}
