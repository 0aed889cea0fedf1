import type { ProbeAnswer, ProbeContext, ProbeProtocol } from "../protocol.ts";
import { join } from "./wire/bytes.ts";
import { readResponseHead, toldHeaders } from "./wire/response-head.ts";
import { printableLines } from "./wire/text.ts";

/**
 * SSDP (UPnP Device Architecture 2.0, section 1.3.2): asks one machine what devices it is, instead of all of them. The
 * first reply is the answer; where the device describes itself is in `location`.
 */
export const ssdp: ProbeProtocol = {
  name: "ssdp",
  services: ["ssdp", "upnp"],
  ports: [{ protocol: "udp", port: 1900 }],
  // Devices answer from whatever port they like.
  answersFromAnyPort: true,
  udp: (context) => ({
    request: search(context, "ssdp:all"),
    further: [search(context, "upnp:rootdevice")],
    read: answer,
  }),
};

function search({ address }: ProbeContext, target: string): Uint8Array {
  const host = address.includes(":") ? `[${address.replace(/%.*/, "")}]` : address;
  const lines = ["M-SEARCH * HTTP/1.1", `HOST: ${host}:1900`, 'MAN: "ssdp:discover"', `ST: ${target}`];
  return join(`${lines.join("\r\n")}\r\n\r\n`);
}

/** The headers that say what answers there (section 1.3.3), and the field that each becomes. */
const TOLD: { [header: string]: string } = {
  server: "server",
  location: "location",
  st: "target",
  usn: "uniqueServiceName",
};

function answer(datagram: Uint8Array): ProbeAnswer | undefined {
  const headers = readResponseHead("HTTP", datagram)?.headers;
  // Without a target it is HTTP, and no answer to a search.
  if (!headers?.has("st")) return undefined;
  const seconds = /max-age\s*=\s*(\d{1,9})/i.exec(headers.get("cache-control") ?? "")?.[1];
  const fields = { ...toldHeaders(headers, TOLD), ...(seconds !== undefined && { validSeconds: Number(seconds) }) };
  return { protocol: "ssdp", fields, text: printableLines(datagram) };
}
