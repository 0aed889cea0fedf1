import type { Protocol } from "../model/endpoint.ts";

/** What a probe may use of the question. Nothing here depends on the clock or on chance. */
export type ProbeContext = {
  /** The target as it was named, and its address. */
  name?: string;
  address: string;
  port: number;
  /** The SNMP community; `public` unless another is given. */
  community: string;
  /** 16 bytes that differ from query to query, for transaction ids and cookies. */
  nonce: Uint8Array;
};

/** A value of an answer, from an untrusted server: bounded, and without control characters once it is printed. */
export type FieldValue = string | number | boolean | FieldValue[] | { [name: string]: FieldValue };

/** What a server said, understood. */
export type ProbeAnswer = {
  /** The protocol that it speaks: `dns`, `ssh`, … */
  protocol: string;
  fields: { [name: string]: FieldValue };
  /** What it said as text, where that is text: a banner, a file. */
  text?: string;
};

/** The next step of a conversation. */
export type Step =
  /** Send this, and go on with what comes back; what came before is not shown again. */
  | { send: Uint8Array }
  /** Not yet a whole message: wait for more. */
  | { more: true }
  /**
   * Encrypt from here on, and go on inside: after the handshake `next` gets its facts, and no bytes at first. `announce` is
   * sent before it, for servers that answer nothing to that and wait for the handshake.
   */
  | { startTls: true; serverName?: string; announce?: Uint8Array }
  /** Understood: say goodbye as the protocol does, where it does, and close. */
  | { answer: ProbeAnswer; goodbye?: Uint8Array }
  /** It speaks, and not this protocol. */
  | { foreign: true };

/** A conversation over one TCP connection, as a machine of states without I/O. */
export type Conversation = {
  /** What the client says first; absent where the server does. */
  readonly first?: Uint8Array;
  /**
   * Called with all bytes since the last `send`. `ended` when nothing more comes, because the server closed or because
   * the wait for it is over: whatever was understood so far is then the answer.
   */
  next(received: Uint8Array, ended: boolean, tls?: TlsFacts): Step;
};

/** What a TLS handshake told. */
export type TlsFacts = {
  version: string;
  cipher: string;
  applicationProtocol?: string;
  certificate?: {
    subject: string;
    issuer: string;
    names: string[];
    validFrom: string;
    validUntil: string;
    serial: string;
    sha256: string;
    /** Whether this machine trusts it for the name that was asked, and why not. */
    trusted: boolean;
    distrust?: string;
  };
};

/** Asking a service over UDP: one datagram, and how a reply is read. */
export type Exchange = {
  readonly request: Uint8Array;
  /** What further tries send, in turn: the same question in other versions of the protocol. `read` knows all replies. */
  readonly further?: readonly Uint8Array[];
  /** The answer; undefined where the datagram is no reply to the request. */
  read(datagram: Uint8Array): ProbeAnswer | undefined;
};

/** One protocol that a probe speaks: one file in `protocols/`. */
export type ProbeProtocol = {
  readonly name: string;
  /** Names in the services file under which it is known: these decide first. */
  readonly services: readonly string[];
  /** Ports on which it is tried where the services file says nothing. */
  readonly ports: readonly { protocol: Protocol; port: number }[];
  /** The local port that the protocol wants to be asked from, where it matters. */
  readonly sourcePort?: number;
  /** Whether a UDP server answers from another port than the one that was asked: then only the address must match. */
  readonly answersFromAnyPort?: true;
  /**
   * Whether the connection is encrypted from its first byte. After the handshake `first` is sent where there is one; where
   * there is none, `next` is called with no bytes.
   */
  readonly tls?: true;
  /** The protocols that are offered in the handshake (ALPN, RFC 7301); none unless said. */
  readonly applicationProtocols?: readonly string[];
  /** Why no answer says nothing, where a server is silent on purpose: a reason to give beside the verdict. */
  readonly silence?: string;
  tcp?(context: ProbeContext): Conversation;
  udp?(context: ProbeContext): Exchange;
};
