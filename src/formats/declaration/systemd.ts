import { addressBytes } from "../../model/address-block.ts";
import { type Declaration, newDeclaration, readPortRange } from "../../model/declaration.ts";
import { type Exposure, exposureOf, type Protocol } from "../../model/endpoint.ts";
import { baseName, type Importer } from "./importer.ts";
import { iniEntries } from "./ini.ts";

/**
 * ListenStream and ListenDatagram of a socket unit (systemd.socket(5)), and SocketBindAllow of any unit
 * (systemd.resource-control(5)). Paths, abstract names and AF_VSOCK are no ports.
 */
export const systemd: Importer = {
  name: "systemd",
  title: "ListenStream, ListenDatagram and SocketBindAllow of systemd units",
  matches: ({ file }) =>
    /\.(socket|service|slice|scope)$/.test(file) || /\.(socket|service)\.d\/[^/]+\.conf$/.test(file),
  read({ file, text }) {
    const declaration = newDeclaration(unitName(file));
    for (const { key, value, line } of iniEntries(text)) {
      const source = `${file}:${line}`;
      if (key === "ListenStream") addListen(declaration, "tcp", value, source);
      else if (key === "ListenDatagram") addListen(declaration, "udp", value, source);
      else if (key === "SocketBindAllow") addAllowed(declaration, value, source);
    }
    return [declaration];
  },
};

function unitName(file: string): string {
  const unit = /([^/]+)\.d\/[^/]+\.conf$/.exec(file)?.[1] ?? baseName(file);
  return unit.replace(/\.\w+$/, "").replace(/@$/, "");
}

/** A port alone is bound on the wildcard address; an empty value takes back what was said before. */
function addListen(declaration: Declaration, protocol: Protocol, value: string, source: string): void {
  if (value === "") {
    declaration.listens = declaration.listens.filter((line) => line.protocol !== protocol);
    return;
  }
  if (/^[/@]/.test(value) || value.startsWith("vsock:")) return;
  const [, bracketed, plain, port = value] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(value) ?? [];
  const address = bracketed ?? plain;
  const ports = readPortRange(port, "");
  if (ports === undefined || (address !== undefined && addressBytes(address) === undefined)) {
    declaration.remarks.push({ source, text: `"${value}" is no port that can be read` });
    return;
  }
  const scope: Exposure = address === undefined ? "network" : exposureOf(address);
  declaration.listens.push({ protocol, ports, scope, source });
}

/** `[FAMILY:][PROTOCOL:]PORTS`, or `any`: what may be bound, which says nothing of who can reach it. */
function addAllowed(declaration: Declaration, value: string, source: string): void {
  const parts = value.split(":").filter((part) => part !== "ipv4" && part !== "ipv6");
  const protocols = parts.filter((part) => part === "tcp" || part === "udp");
  const [ports = ""] = parts.filter((part) => part !== "tcp" && part !== "udp");
  const range = ports === "any" || ports === "" ? [{ from: 1, to: 65535 }] : readPortRange(ports);
  if (range === undefined || value === "") {
    declaration.remarks.push({ source, text: `SocketBindAllow=${value} allows nothing that can be read` });
    return;
  }
  for (const protocol of protocols.length > 0 ? protocols : (["tcp", "udp"] as const)) {
    declaration.listens.push({ protocol: protocol as Protocol, ports: range, scope: "network", source });
  }
}
