import type { PortqryResult } from "../../app/portqry/query.ts";
import { answerLines } from "./answers/answer-lines.ts";

/** Probes by the name that PortQry's texts give them. */
const PROBES: { readonly [name: string]: string } = {
  dns: "DNS",
  isa: "ISA",
  isakmp: "ISAKMP",
  l2tp: "L2TP",
  ldap: "LDAP",
  snmp: "SNMP",
  sql: "SQL Server",
  tftp: "TFTP",
};

/** Verdicts in PortQry's words. */
const VERDICTS: { readonly [verdict: string]: string } = {
  listening: "LISTENING",
  "not-listening": "NOT LISTENING",
  filtered: "FILTERED",
  "listening-or-filtered": "LISTENING or FILTERED",
};

/**
 * Everything that PortQry prints of one port. A UDP port that is sent a probe has two verdicts: that of the first
 * datagram, and the final one after the reply. `community` is what an SNMP query is sent with.
 */
export function portLines(result: PortqryResult, community: string): string[] {
  const { protocol, port, service, verdict, probe, answer, ephemeral } = result;
  const place = `${protocol.toUpperCase()} port ${port}`;
  const name = service === undefined ? "unknown service" : `${service} service`;
  const probed = probe !== undefined && probe.chosenBy !== "nothing";
  const first = protocol === "udp" && probed && verdict !== "not-listening" ? "listening-or-filtered" : verdict;
  const lines = [`${place} (${name}): ${VERDICTS[first]}`];
  if (!probed || verdict === "not-listening" || (protocol === "tcp" && verdict !== "listening")) return [...lines, ""];
  if (ephemeral) lines.push("", "Using ephemeral source port");
  lines.push(...sendingLines(probe.name, place, community));
  if (answer !== undefined) lines.push("", ...answerLines(answer));
  else if (probe.name === "dns" && verdict !== "listening") lines.push("", "DNS query timed out");
  if (protocol === "udp") lines.push("", `${place} is ${verdict === "listening" ? "LISTENING" : "FILTERED"}`);
  return [...lines, ""];
}

/** What is said before a probe: nothing where a service speaks first and is only listened to. */
function sendingLines(probe: string, place: string, community: string): string[] {
  if (probe === "rpc") return ["Querying Endpoint Mapper Database..."];
  if (probe === "netbios") return ["", `Attempting NETBIOS adapter status query to ${place}...`, ""];
  const title = PROBES[probe];
  if (title === undefined) return [];
  const name = probe === "snmp" ? ["", "community name for query:", community] : [];
  return [...name, "", `Sending ${title} query to ${place}...`];
}
