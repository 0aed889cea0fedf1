import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";

/** Kamailio, which answers OPTIONS and nothing else. */
export function kamailio(island: Island): void {
  const { stage } = island;
  writeFileSync(
    stage.path("kamailio.cfg"),
    `#!KAMAILIO
debug=0
log_stderror=yes
children=1
tcp_children=1
server_header="Server: harbour exchange"
listen=udp:127.0.0.1:5060
listen=tcp:127.0.0.1:5060
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "tm.so"
request_route {
  append_to_reply("Allow: OPTIONS, INVITE\\r\\n");
  sl_send_reply("200", "Here");
}
`,
  );
  const words = ["-f", stage.path("kamailio.cfg"), "-DD", "-E", "-m", "23", "-M", "7"];
  island.start([program("kamailio"), ...words, "-Y", stage.directory, "-P", stage.path("pid")]);
}
