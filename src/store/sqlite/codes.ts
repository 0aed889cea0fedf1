import type { Protocol } from "../../model/endpoint.ts";
import type { EvidenceSource } from "../../model/evidence.ts";
import type { Use } from "../../model/record.ts";

// Numbers that stand in records for words. They are never changed, only added to.

export const USES: Record<Use, number> = { listen: 0, inbound: 1, outbound: 2, "bind-failed": 3 };

/** Protocol numbers of IP (RFC 5237). */
export const PROTOCOLS: Record<Protocol, number> = { tcp: 6, udp: 17 };

export const EVIDENCE: Record<EvidenceSource, number> = {
  context: 0,
  accept: 1,
  listener: 2,
  holder: 3,
  polled: 4,
  kernel: 5,
  none: 6,
  unknown: 7,
  ambiguous: 8,
};

export const USE_OF = inverse(USES);
export const PROTOCOL_OF = inverse(PROTOCOLS);
export const EVIDENCE_OF = inverse(EVIDENCE);

function inverse<Word extends string>(codes: Record<Word, number>): (code: number) => Word {
  const words = new Map((Object.entries(codes) as [Word, number][]).map(([word, code]) => [code, word]));
  return (code) => {
    const word = words.get(code);
    if (word === undefined) throw new Error(`the record holds ${code}, which is none of ${Object.keys(codes)}`);
    return word;
  };
}
