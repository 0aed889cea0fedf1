import { once } from "node:events";
import { readFileSync } from "node:fs";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { TlsFacts } from "../../../src/probe/protocol.ts";

/** Whom the certificate should be for, the protocols that are offered, and the file of the authority that is trusted. */
export type Trust = { name: string; offered?: readonly string[]; authority?: string };

/** Encrypts a connection with Node's TLS; rejects where the handshake comes to nothing. */
export async function secure(socket: Socket, { name, offered = [], authority }: Trust) {
  const options = {
    ...{ socket, host: name, rejectUnauthorized: false, ALPNProtocols: [...offered] },
    ...(isIP(name) === 0 && { servername: name }),
    ...(authority !== undefined && { ca: readFileSync(authority) }),
  };
  const encrypted = connect(options);
  await once(encrypted, "secureConnect");
  return { socket: encrypted, facts: facts(encrypted) };
}

function facts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate();
  return {
    version: socket.getProtocol() ?? "",
    cipher: socket.getCipher().name,
    ...(socket.alpnProtocol && { applicationProtocol: socket.alpnProtocol }),
    certificate: {
      subject: String(certificate.subject?.CN),
      issuer: String(certificate.issuer?.CN),
      names: (certificate.subjectaltname ?? "").split(", ").filter(Boolean),
      validFrom: certificate.valid_from,
      validUntil: certificate.valid_to,
      serial: certificate.serialNumber,
      sha256: certificate.fingerprint256,
      trusted: socket.authorized,
      ...(!socket.authorized && { distrust: reason(socket.authorizationError) }),
    },
  };
}

/** Node gives the code, or an error that has it. */
function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
