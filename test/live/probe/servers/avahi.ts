import { mkdirSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** Where the responder is asked: at an interface that is none of loopback, on which it does not answer. */
export const ADDRESS = "198.51.100.23";

/** Avahi without D-Bus, with one service that is no secret. */
export function avahi(island: Island): void {
  const { stage } = island;
  mkdirSync(stage.path("services"));
  writeFileSync(
    stage.path("services/pier.service"),
    `<service-group><name>Pier 7</name><service><type>_http._tcp</type><port>80</port></service></service-group>\n`,
  );
  writeFileSync(
    stage.path("avahi-daemon.conf"),
    `[server]
host-name=pier7
enable-dbus=no
use-ipv6=no
allow-interfaces=pier
[publish]
publish-workstation=no
[rlimits]
`,
  );
  // A cable with both ends here: what is sent to the address of one end goes out at the other. Linux would take such a
  // packet for one to itself, and one that comes in from an address of its own for a forgery.
  const cable = `ip link add pier type veth peer name quay
ip address add ${ADDRESS}/24 dev pier
ip address add 198.51.100.29/24 dev quay
ip link set pier up; ip link set quay up
for name in all pier quay; do
  echo 1 >/proc/sys/net/ipv4/conf/$name/accept_local
  echo 0 >/proc/sys/net/ipv4/conf/$name/rp_filter
done
ip route add ${ADDRESS} dev quay table 23
ip route add 198.51.100.29 dev pier table 29
ip rule add pref 5 iif pier lookup local
ip rule add pref 6 iif quay lookup local
ip rule add pref 7 to ${ADDRESS} lookup 23
ip rule add pref 8 to 198.51.100.29 lookup 29
ip rule add pref 9 lookup local
ip rule del pref 0
mount -t tmpfs tmpfs /run
mount --bind ${stage.path("services")} /etc/avahi/services`;
  const words = ["-f", stage.path("avahi-daemon.conf"), "--no-drop-root", "--no-rlimits", "--no-chroot", "--debug"];
  island.start([program("avahi-daemon"), ...words], cable);
}
