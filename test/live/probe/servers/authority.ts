import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { program } from "../../machine.ts";
import type { Stage } from "../../stage.ts";

/** What a certificate is to say: for whom, and until when, in days from now. */
export type Wanted = { name: string; days: number };

/** An authority of certificates of a stage's own. */
export class Authority {
  readonly #stage: Stage;
  /** The file of its own certificate. */
  readonly file: string;
  readonly #key: string;

  constructor(stage: Stage) {
    this.#stage = stage;
    [this.file, this.#key] = [stage.path("authority.pem"), stage.path("authority-key.pem")];
    const request = ["req", "-x509", ...KEY, "-days", "23", "-subj", "/CN=Harbour authority"];
    openssl(...request, "-keyout", this.#key, "-out", this.file);
  }

  /** A key, and a certificate that the authority signed; its files are called `file`. */
  sign(file: string, { name, days }: Wanted): { key: string; made: string } {
    const [key, made, request] = ["key", "crt", "csr"].map((end) => this.#stage.path(`${file}.${end}`)) as Files;
    openssl("req", ...KEY, "-subj", `/CN=${name}`, "-keyout", key, "-out", request);
    const extension = this.#stage.path(`${file}.ext`);
    writeFileSync(extension, `subjectAltName=DNS:${name}\n`);
    const by = ["-CA", this.file, "-CAkey", this.#key, "-CAcreateserial", "-days", String(days)];
    openssl("x509", "-req", "-in", request, ...by, "-extfile", extension, "-out", made);
    return { key, made };
  }
}

type Files = [key: string, made: string, request: string];

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function openssl(...words: string[]): void {
  execFileSync(program("openssl"), words, { stdio: ["ignore", "ignore", "pipe"] });
}
