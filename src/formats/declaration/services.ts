import { type Declaration, newDeclaration, onePort } from "../../model/declaration.ts";
import { baseName, type Importer } from "./importer.ts";

/**
 * The services file (services(5)): `name port/protocol aliases`. It holds what everybody's services are called, so that
 * one is picked by the name that is asked for.
 */
export const services: Importer = {
  name: "services",
  title: "the services file, /etc/services",
  matches: ({ file }) => baseName(file) === "services",
  read({ file, text }, wanted) {
    const found = new Map<string, Declaration>();
    for (const [index, line] of text.split("\n").entries()) {
      const [name, place = "", ...aliases] = line.replace(/#.*/, "").split(/\s+/).filter(Boolean);
      const [, port, protocol] = /^(\d{1,5})\/(tcp|udp)$/.exec(place) ?? [];
      if (name === undefined || port === undefined || (protocol !== "tcp" && protocol !== "udp")) continue;
      if (wanted !== undefined && ![name, ...aliases].includes(wanted)) continue;
      const declaration = found.get(name) ?? newDeclaration(name);
      found.set(name, declaration);
      const source = `${file}:${index + 1}`;
      declaration.listens.push({ protocol, ports: onePort(Number(port)), scope: "network", source });
    }
    return [...found.values()];
  },
};
