import { canonicalAddress, isGroupAddress } from "../../model/canonical-address.ts";
import type { LoggedEnd, LoggedPacket } from "../../model/logged-packet.ts";
import { readLogTime } from "./log-time.ts";
import { readPort } from "./port.ts";

/** The fields of version 1.5, for a line that was copied without the heading of its file. */
const FIELDS =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path".split(
    " ",
  );

const ACTION = /^[A-Z][A-Z-]{2,30}$/;
const WAYS: Record<string, LoggedPacket["way"]> = { RECEIVE: "in", SEND: "out", FORWARD: "through" };

/** What a line of the log is: a packet, part of its heading, or neither. */
export type WindowsLine = LoggedPacket | "heading" | undefined;

/**
 * `pfirewall.log` of Windows Firewall: a heading in the W3C's extended log file format (`#Fields: date time action …`), then
 * a line for each packet, with `-` for what there is not. Times are local unless the heading says otherwise.
 */
export class WindowsFirewallLog {
  #fields = FIELDS;
  #zone: number | undefined;

  read(text: string): WindowsLine {
    if (text.startsWith("#")) return this.#heading(text);
    const values = text.trim().split(/ +/);
    const of = (name: string) => {
      const value = values[this.#fields.indexOf(name)];
      return value === "-" ? undefined : value;
    };
    const { time } = readLogTime(`${of("date")} ${of("time")}`);
    const [source, destination] = [end(of("src-ip"), of("src-port")), end(of("dst-ip"), of("dst-port"))];
    const [action, protocol] = [of("action"), of("protocol")];
    if (time?.clock !== "calendar" || !source || !destination || !action || !protocol) return undefined;
    if (!ACTION.test(action) || !/^[A-Za-z0-9-]{1,10}$/.test(protocol)) return undefined;
    const way = WAYS[of("path") ?? ""] ?? "unknown";
    const flags = protocol === "TCP" ? (of("tcpflags") ?? "") : "";
    // Windows says nothing of the network's size: a directed broadcast is known by how it usually ends.
    const group = isGroupAddress(destination.address) || (way === "in" && /^[\d.]+\.255$/.test(destination.address));
    return {
      time: this.#zone === undefined ? time : { ...time, zone: this.#zone },
      label: action,
      protocol: protocol.toLowerCase(),
      source,
      destination,
      way,
      ...(group && { group }),
      ...(flags.includes("S") && { handshake: flags.includes("A") ? "answers" : "asks" }),
    };
  }

  #heading(text: string): "heading" | undefined {
    const [, name = "", value = ""] = /^#(Version|Software|Time Format|Fields|Date|Remark): ?(.*)$/.exec(text) ?? [];
    if (name === "") return undefined;
    if (name === "Fields") this.#fields = value.trim().split(/ +/);
    if (name === "Time Format") this.#zone = /^(?:gmt|utc)/i.test(value) ? 0 : undefined;
    return "heading";
  }
}

function end(address = "", port: string | undefined): LoggedEnd | undefined {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return undefined;
  const number = readPort(port);
  return { address: canonical, ...(number !== undefined && { port: number }) };
}
