import { writeFileSync } from "node:fs";
import { program } from "../machine.ts";
import type { Scenario, Stage } from "../stage.ts";
import { dnsServer } from "./dns-server.ts";
import { webServer } from "./http.ts";

/** Where the test's own DNS server listens: port 53 is the only one that a resolv.conf can name. */
export const resolver = "127.89.53.1";

/** curl fetching pages by name, resolved over real DNS; it counts requests, headers and bodies. */
export const curl: Scenario = async (stage) => {
  const port = await stage.port("web");
  const served = await webServer(stage, port, Buffer.alloc(104_729, "w"));
  const asked = await dnsServer(stage, 53, resolver);
  const pages = [1, 2, 3].flatMap((page) => ["-o", "/dev/null", `http://www.example.test:${port}/${page}`]);
  const figures = "%{size_request} %{size_upload} %{size_header} %{size_download}\\n";
  const client = stage.observe([program("curl"), "--silent", "--show-error", "--write-out", figures, ...pages], {
    around: withResolver(stage),
  });
  const end = await client.ended();
  if (end.status !== 0) throw new Error(`curl ended with ${end.status}`);
  const rows = client.stdout
    .trim()
    .split("\n")
    .map((row) => row.split(" ").map(Number));
  const sum = (column: number) => rows.reduce((total, row) => total + (row[column] ?? Number.NaN), 0);
  const own = { bytesOut: sum(0) + sum(1), bytesIn: sum(2) + sum(3) };
  if (JSON.stringify(served.other) !== JSON.stringify({ bytesIn: own.bytesIn, bytesOut: own.bytesOut })) {
    throw new Error(`curl counted ${JSON.stringify(own)}, the server ${JSON.stringify(served.other)}`);
  }
  return { "tcp out <web>": own, "udp out 53": asked.datagrams };
};

/** curl asking for a name that does not exist, and for a port where nobody listens. */
export const curlInVain: Scenario = async (stage) => {
  const [closed, asked] = [await stage.port("closed"), await dnsServer(stage, 53, resolver)];
  const urls = ["http://www.nowhere.test/", `http://127.0.0.1:${closed}/`];
  const client = stage.observe([program("curl"), "--silent", ...urls], { around: withResolver(stage) });
  const end = await client.ended();
  // curl's status is its last transfer's: 7, failed to connect (curl(1)).
  if (end.status !== 7) throw new Error(`curl ended with ${end.status}`);
  return { "tcp out <closed>": { bytesIn: 0, bytesOut: 0 }, "udp out 53": asked.datagrams };
};

/** A command line that gives what follows a resolv.conf of its own, in a mount namespace of its own. */
function withResolver(stage: Stage): string[] {
  const file = stage.path("resolv.conf");
  writeFileSync(file, `nameserver ${resolver}\n`);
  const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
  return [program("unshare"), "--mount", program("sh"), "-c", script, "sh", file];
}
