import { writeFileSync } from "node:fs";
import type { Island } from "../island.ts";

/** Where charon listens: whoever asks it on the same machine needs port 500 for himself. */
export const port = 1500;

/** What reads the connections and starts charon; it is in no folder of the PATH. */
export const STARTER = "/usr/lib/ipsec/starter";

/** What each version agrees to, and nothing else. */
const AGREED = { ikev2: "aes256-sha256-modp2048", ikev1: "aes128-sha1-modp2048" };

/** strongSwan's charon with one connection for each of these versions of IKE, loaded by its own starter. */
export function charon(island: Island, versions: (keyof typeof AGREED)[]): void {
  const { stage } = island;
  const connections = versions.map(
    (version) => `conn ${version}
  keyexchange=${version}
  ike=${AGREED[version]}!
  left=127.0.0.1
  right=%any
  authby=secret
  auto=add
`,
  );
  writeFileSync(stage.path("ipsec.conf"), connections.join("\n"));
  writeFileSync(stage.path("ipsec.secrets"), "");
  writeFileSync(
    stage.path("strongswan.conf"),
    `charon {
  load_modular = yes
  port = ${port}
  port_nat_t = ${port + 1}
  plugins {
    include /etc/strongswan.d/charon/*.conf
  }
}
`,
  );
  // What the starter and charon read and write has fixed places.
  const places = ["ipsec.conf", "ipsec.secrets", "strongswan.conf"];
  const mounts = places.map((name) => `mount --bind ${stage.path(name)} /etc/${name}`);
  const before = [...mounts, "mount -t tmpfs tmpfs /run"].join("\n");
  island.start([STARTER, "--daemon", "charon", "--nofork"], before);
}
