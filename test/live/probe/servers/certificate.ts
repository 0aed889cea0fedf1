import { execFileSync } from "node:child_process";
import { program } from "../../machine.ts";
import type { Stage } from "../../stage.ts";

/** A key and a certificate that it signed itself, for `name`. */
export function certificate(stage: Stage, name: string): { key: string; made: string } {
  const [key, made] = [stage.path("key.pem"), stage.path("certificate.pem")];
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "23"];
  const files = ["-keyout", key, "-out", made, "-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  execFileSync(program("openssl"), [...words, ...files], { stdio: "ignore" });
  return { key, made };
}
