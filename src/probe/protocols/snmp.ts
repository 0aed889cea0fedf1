import type { Exchange, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { readReply } from "./snmp/reply.ts";
import { discovery, get, SYSTEM } from "./snmp/request.ts";
import { buffer } from "./wire/bytes.ts";
import { parsed } from "./wire/reader.ts";

/**
 * SNMP: asks for the system group (RFC 3418) with the community, in version 2c (RFC 3416) and in version 1 (RFC 1157),
 * and in version 3 who the agent is (RFC 3414 section 4). To that it answers whoever asks: it is known to listen even where
 * the community is wrong.
 */
export const snmp: ProbeProtocol = {
  name: "snmp",
  services: ["snmp"],
  ports: [{ protocol: "udp", port: 161 }],
  udp: exchange,
};

function exchange({ nonce, community }: ProbeContext): Exchange {
  // A number of 31 bits (RFC 3416 section 3).
  const id = buffer(nonce).readUInt32BE() >>> 1;
  const oids = Object.values(SYSTEM);
  return {
    request: get(1, community, id, oids),
    further: [get(0, community, id, oids), discovery(id)],
    read: (datagram) => parsed(() => readReply(datagram, id)),
  };
}
