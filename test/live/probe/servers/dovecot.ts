import { chmodSync, writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Island } from "../island.ts";
import { certificate } from "./certificate.ts";

/** dovecot with IMAP and POP3, in the clear and inside TLS, and with users that nobody is. */
export function dovecot(island: Island): void {
  const { stage } = island;
  chmodSync(stage.directory, 0o755);
  const { key, made } = certificate(stage, "mail.harbour.test");
  writeFileSync(
    stage.path("dovecot.conf"),
    `base_dir = ${stage.path("run")}
state_dir = ${stage.path("state")}
log_path = /dev/stderr
protocols = imap pop3
listen = 127.0.0.1
login_greeting = Harbour post ready.
ssl = yes
ssl_cert = <${made}
ssl_key = <${key}
ssl_dh =
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}
`,
  );
  island.start([program("dovecot"), "-F", "-c", stage.path("dovecot.conf")]);
}
