import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The name servers of the root of the test's own. */
export const roots = ["a.roots.test", "b.roots.test", "c.roots.test"];

/** BIND as the primary of a root zone, also inside TLS, with a certificate of its own making. */
export function named(island: Island): void {
  const { stage } = island;
  const servers = roots.flatMap((name, i) => [`. 86400 IN NS ${name}.`, `${name}. 86400 IN A 192.0.2.${i + 1}`]);
  const zone = [`. 86400 IN SOA ${roots[0]}. harbour.roots.test. 1 1800 900 604800 86400`, ...servers];
  writeFileSync(stage.path("root.zone"), `${zone.join("\n")}\n`);
  writeFileSync(
    stage.path("named.conf"),
    `options {
  directory "${stage.directory}"; pid-file "${stage.path("pid")}"; session-keyfile "${stage.path("key")}";
  listen-on { 127.0.0.1; }; listen-on port 853 tls ephemeral { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; dnssec-validation no;
};
controls { };
zone "." { type primary; file "root.zone"; };
`,
  );
  island.start([program("named"), "-g", "-n", "1", "-c", stage.path("named.conf")]);
}
