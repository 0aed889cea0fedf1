import { expect, test } from "vitest";
import type { TlsFacts } from "../../../../src/probe/protocol.ts";
import { imaps } from "../../../../src/probe/protocols/imap.ts";
import { conversationOf } from "../converse.ts";

const facts: TlsFacts = {
  version: "TLSv1.3",
  cipher: "TLS_AES_256_GCM_SHA384",
  certificate: {
    ...{ subject: "CN=pier\x1b[7m", issuer: "CN=harbour", names: Array(1009).fill("pier.harbour.test") },
    ...{ validFrom: "2026-01-01T00:00:00.000Z", validUntil: "2027-01-01T00:00:00.000Z", serial: "07" },
    ...{ sha256: "ab", trusted: false, distrust: "self-signed certificate" },
  },
};

test("what a handshake told is part of the answer, bounded and fit to be shown", () => {
  const step = conversationOf(imaps).next(Buffer.from("* BYE fog\r\n"), false, facts);
  if (!("answer" in step)) throw new Error("no answer");
  expect(step.answer.fields.tls).toMatchObject({
    version: "TLSv1.3",
    certificate: { subject: "CN=pier\\x1b[7m", trusted: false, distrust: "self-signed certificate" },
  });
  expect((step.answer.fields.tls as { certificate: { names: string[] } }).certificate.names).toHaveLength(128);
});
