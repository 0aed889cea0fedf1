import { type Declaration, newDeclaration, readPortRange } from "../../model/declaration.ts";
import { baseName, type Importer } from "./importer.ts";
import { iniEntries } from "./ini.ts";

/**
 * Application profiles of ufw (ufw(8), "APPLICATION INTEGRATION"): sections with `ports=80,443/tcp|53`. A file holds the
 * profiles of one application, which often are alternatives: each port is stated once, with the first that has it.
 */
export const ufw: Importer = {
  name: "ufw",
  title: "application profiles of ufw",
  matches: ({ file, text }) =>
    file.includes("ufw/applications.d/") || (/^\[.+\]$/m.test(text) && /^ports\s*=\s*\d/m.test(text)),
  read({ file, text }) {
    const declaration = newDeclaration(baseName(file).replace(/^ufw-/, ""));
    for (const { section, key, value, line } of iniEntries(text)) {
      if (key !== "ports") continue;
      for (const part of value.split("|")) addPorts(declaration, part, section, `${file}:${line}`);
    }
    return [declaration];
  },
};

/** `80`, `80,443/tcp`, `60000:61000/udp`; without a protocol, both are meant. */
function addPorts(declaration: Declaration, part: string, section: string, source: string): void {
  const [ports = "", protocol] = part.trim().split("/");
  const protocols = protocol === undefined ? (["tcp", "udp"] as const) : [protocol.toLowerCase()];
  for (const text of ports.split(",")) {
    const range = readPortRange(text, ":-");
    for (const transport of protocols) {
      if (range === undefined || (transport !== "tcp" && transport !== "udp")) {
        declaration.remarks.push({ source, text: `"${part}" of ${section} cannot be read` });
        continue;
      }
      const key = JSON.stringify(range);
      if (declaration.listens.some((line) => line.protocol === transport && JSON.stringify(line.ports) === key))
        continue;
      declaration.listens.push({ protocol: transport, ports: range, scope: "network", feature: section, source });
    }
  }
}
