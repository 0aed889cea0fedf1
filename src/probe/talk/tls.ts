import { isIP, type Socket } from "node:net";
import {
  type CipherNameAndProtocol,
  type ConnectionOptions,
  connect,
  getCACertificates,
  type PeerCertificate,
  type TLSSocket,
} from "node:tls";
import type { TlsFacts } from "../protocol.ts";

/** Names that a certificate's owner can be known by; more is not read. */
const NAMES = 1_000;

/**
 * Encrypts a connection, whatever the server's certificate and however old its protocol: what is wrong with them is an
 * answer too. Certificates are held to those that this machine trusts, and to `name`. `offered` are protocols for the
 * server to choose from (ALPN, RFC 7301).
 */
export function encrypt(socket: Socket, name: string, offered: readonly string[] = []): TLSSocket {
  const authorities = getCACertificates("system");
  const options: ConnectionOptions = {
    socket,
    host: name,
    rejectUnauthorized: false,
    minVersion: "TLSv1",
    // OpenSSL refuses what is this old at any higher level of security (SSL_CTX_set_security_level(3)).
    ciphers: "DEFAULT@SECLEVEL=0",
  };
  if (offered.length > 0) options.ALPNProtocols = [...offered];
  // A server name is never an address (RFC 6066 section 3).
  if (isIP(name) === 0) options.servername = name;
  if (authorities.length > 0) options.ca = authorities;
  return connect(options);
}

/** What the handshake told, once it is done. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const cipher: CipherNameAndProtocol = socket.getCipher();
  const certificate = socket.getPeerCertificate();
  const facts: TlsFacts = { version: socket.getProtocol() ?? cipher.version, cipher: cipher.standardName };
  if (typeof socket.alpnProtocol === "string") facts.applicationProtocol = socket.alpnProtocol;
  if (Object.keys(certificate).length > 0) facts.certificate = certificateFacts(certificate, socket);
  return facts;
}

function certificateFacts(certificate: PeerCertificate, socket: TLSSocket): NonNullable<TlsFacts["certificate"]> {
  const { subject, issuer, valid_from, valid_to, serialNumber, fingerprint256, subjectaltname } = certificate;
  const { authorized, authorizationError } = socket;
  return {
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    names: alternativeNames(subjectaltname ?? ""),
    validFrom: time(valid_from),
    validUntil: time(valid_to),
    serial: serialNumber,
    sha256: fingerprint256,
    trusted: authorized,
    ...(!authorized && { distrust: errorName(authorizationError) }),
  };
}

/** OpenSSL's way of writing a time as ISO 8601; what is none stays as it is. */
function time(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** The parts of a name as RFC 4514 writes them, without its escapes: it is shown, not parsed. */
function distinguishedName(name: object): string {
  return Object.entries(name)
    .flatMap(([key, value]) => [value].flat().map((each) => `${key}=${each}`))
    .join(", ");
}

/** `DNS:example.org, IP Address:192.0.2.1`, as Node writes it, where quotes protect commas. */
function alternativeNames(text: string): string[] {
  const names = text.match(/[A-Za-z ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g) ?? [];
  return names.slice(0, NAMES).map((name) => name.trim().replace(/^(DNS|IP Address|URI|email):/, ""));
}

function errorName(error: unknown): string {
  if (error instanceof Error) return "code" in error ? String(error.code) : error.message;
  return String(error);
}
