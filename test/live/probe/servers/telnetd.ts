import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** The telnetd of GNU inetutils, for each connection that socat takes, with a banner of its own. */
export function telnetd(island: Island): void {
  const { stage } = island;
  writeFileSync(stage.path("issue"), "Harbour office\n");
  const banner = `mount --bind ${stage.path("issue")} /etc/issue`;
  const listen = "TCP-LISTEN:23,bind=127.0.0.1,reuseaddr,fork";
  // It shows the name of the machine, and asks for a terminal of its own for each connection.
  const named = [program("unshare"), "--uts", program("sh"), "-ec", 'hostname quay\nexec "$@"', "sh"];
  island.start([...named, program("socat"), listen, `EXEC:${program("telnetd")},nofork`], banner);
}
