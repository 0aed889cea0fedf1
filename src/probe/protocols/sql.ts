import type { FieldValue, ProbeAnswer, ProbeProtocol } from "../protocol.ts";
import { parsed, Reader } from "./wire/reader.ts";
import { shown } from "./wire/text.ts";

/** The SQL Server Browser (MC-SQLR): asks for all instances of the machine, and where each is reached. */
export const sql: ProbeProtocol = {
  name: "sql",
  services: ["ms-sql-m"],
  ports: [{ protocol: "udp", port: 1434 }],
  udp: () => ({
    // CLNT_UCAST_EX (MC-SQLR section 2.2.2).
    request: Uint8Array.of(0x03),
    read: (datagram) => parsed(() => answer(datagram)),
  }),
};

/** SVR_RESP (MC-SQLR section 2.2.5). */
const RESPONSE = 0x05;

/** A server has up to 50 instances; more pairs than that no instance has. */
const MOST_INSTANCES = 64;
const MOST_PAIRS = 32;

function answer(datagram: Uint8Array): ProbeAnswer | undefined {
  const reader = new Reader(datagram, "little");
  if (reader.u8() !== RESPONSE) return undefined;
  const length = reader.u16();
  // The text is in the server's own code page; its keys, and all values but names, are ASCII.
  const text = Buffer.from(reader.take(Math.min(length, reader.left))).toString("latin1");
  const instances = text.split(";;").filter(Boolean).slice(0, MOST_INSTANCES).map(instance);
  return { protocol: "sql", fields: { instances } };
}

/** `name;value;name;value`, under the server's own names: ServerName, InstanceName, IsClustered, Version, tcp, np. */
function instance(text: string): FieldValue {
  const words = text.split(";", 2 * MOST_PAIRS).map((word) => shown(word));
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < words.length; i += 2) pairs.push([words[i] ?? "", words[i + 1] ?? ""]);
  return Object.fromEntries(pairs);
}
