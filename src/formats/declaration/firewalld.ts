import { XMLParser, XMLValidator } from "fast-xml-parser";
import { newDeclaration, readPortRange } from "../../model/declaration.ts";
import { Problem } from "../../model/problem.ts";
import { baseName, type Importer } from "./importer.ts";

/** What the parser makes of `<service>`: attributes begin with `@`. */
type ServiceXml = {
  port?: { "@protocol"?: string; "@port"?: string }[];
  protocol?: { "@value"?: string }[];
  include?: { "@service"?: string }[];
};

/**
 * Service files of firewalld (firewalld.service(5)): `<port protocol="tcp" port="8000-8010"/>`. Services that it includes
 * stand in files of their own.
 */
export const firewalld: Importer = {
  name: "firewalld",
  title: "service files of firewalld",
  matches: ({ file, text }) => file.endsWith(".xml") && /<service[\s>]/.test(text),
  read({ file, text }) {
    const service = parse(file, text);
    const declaration = newDeclaration(baseName(file).replace(/\.xml$/, ""));
    const lines = text.split("\n");
    const sourceOf = (pattern: RegExp): string =>
      `${file}:${Math.max(1, lines.findIndex((line) => pattern.test(line)) + 1)}`;
    for (const { "@port": port = "", "@protocol": protocol = "" } of service.port ?? []) {
      const source = sourceOf(new RegExp(`port="${port.replace(/[^\d-]/g, ".")}"`));
      const ports = readPortRange(port);
      if (port === "" && protocol !== "") continue; // a protocol as a whole, such as esp
      if (ports === undefined || (protocol !== "tcp" && protocol !== "udp")) {
        declaration.remarks.push({ source, text: `port "${port}" (${protocol}) cannot be read` });
      } else declaration.listens.push({ protocol, ports, scope: "network", source });
    }
    const includes = (service.include ?? []).flatMap(({ "@service": name }) =>
      name === undefined ? [] : [{ name, source: sourceOf(/<include/) }],
    );
    return [includes.length === 0 ? declaration : { ...declaration, includes }];
  },
};

function parse(file: string, text: string): ServiceXml {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { line, col, msg } = valid.err;
    throw new Problem("bad-declaration", `${file}:${line}:${col}: ${msg}`, { next: `correct ${file}` });
  }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseAttributeValue: false,
    processEntities: false,
    isArray: (name) => ["port", "protocol", "include"].includes(name),
  });
  const { service } = parser.parse(text) as { service?: ServiceXml | "" };
  return service || {};
}
