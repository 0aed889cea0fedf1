import type { Endpoint } from "../../../src/model/endpoint.ts";

const ipv4 = /\{sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)\}/;
const ipv6 =
  /\{sa_family=AF_INET6, sin6_port=htons\((\d+)\), sin6_flowinfo=htonl\(\d+\), inet_pton\(AF_INET6, "([^"]+)", &sin6_addr\), sin6_scope_id=(?:if_nametoindex\("([^"]+)"\)|(\d+))\}/;

/**
 * The first IPv4 or IPv6 socket address that strace wrote in `text`, or undefined where there is none. Bytes that the
 * program sent cannot be mistaken for one: strace escapes their quotation marks.
 */
export function endpointIn(text: string): Endpoint | undefined {
  const four = ipv4.exec(text);
  const six = ipv6.exec(text);
  if (four !== null && (six === null || four.index < six.index)) {
    return { address: four[2] ?? "", port: Number(four[1]) };
  }
  if (six === null) return undefined;
  const address = six[2] ?? "";
  const zone = six[3] ?? (six[4] === "0" ? undefined : six[4]);
  const linkLocal = /^fe[89ab]/i.test(address) && zone !== undefined;
  return { address: linkLocal ? `${address}%${zone}` : address, port: Number(six[1]) };
}
