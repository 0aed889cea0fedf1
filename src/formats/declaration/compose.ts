import { isMap, type Node } from "yaml";
import { type Declaration, newDeclaration, readPortRange } from "../../model/declaration.ts";
import type { Protocol } from "../../model/endpoint.ts";
import { baseName, type Importer } from "./importer.ts";
import { readYaml, textOf, type YamlDocument } from "./yaml-text.ts";

/**
 * `ports` and `expose` of the services of a Compose file (Compose specification, "services"). What counts is the port
 * inside the container, which the application listens on; where it is published is the host's affair.
 */
export const compose: Importer = {
  name: "compose",
  title: "ports and expose of a Compose file",
  matches: ({ file, text }) =>
    /(^|[-.])compose([-.].*)?\.ya?ml$/.test(baseName(file)) || (/\.ya?ml$/.test(file) && /^services:\s*$/m.test(text)),
  read(file) {
    return readYaml(file).flatMap((yaml) =>
      yaml.entries(yaml.at(yaml.root, "services")).map(([name, service]) => {
        const declaration = newDeclaration(name);
        for (const port of yaml.items(yaml.at(service, "ports"))) addPort(declaration, port, yaml);
        for (const port of yaml.items(yaml.at(service, "expose"))) {
          addText(declaration, textOf(port) ?? "", yaml.sourceOf(port));
        }
        return declaration;
      }),
    );
  },
};

/** The long form names the container's port `target`; the short one ends with it. */
function addPort(declaration: Declaration, port: Node, yaml: YamlDocument): void {
  const source = yaml.sourceOf(port);
  if (!isMap(port)) {
    addText(declaration, textOf(port) ?? "", source);
    return;
  }
  const protocol = textOf(yaml.at(port, "protocol")) ?? "tcp";
  addText(declaration, `${textOf(yaml.at(port, "target")) ?? ""}/${protocol}`, source);
}

/** `[[IP:]HOST:]CONTAINER[/PROTOCOL]`, where an IPv6 address stands in brackets. */
function addText(declaration: Declaration, text: string, source: string): void {
  const [, place = "", protocol = "tcp"] = /^([^/]*)(?:\/(\w+))?$/.exec(text.trim()) ?? [];
  const ports = readPortRange(place.slice(place.lastIndexOf(":") + 1));
  if (ports === undefined || !isProtocol(protocol)) {
    declaration.remarks.push({ source, text: `"${text}" is no port that can be read` });
    return;
  }
  declaration.listens.push({ protocol, ports, scope: "network", source });
}

function isProtocol(text: string): text is Protocol {
  return text === "tcp" || text === "udp";
}
