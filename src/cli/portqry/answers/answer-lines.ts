import type { FieldValue, PortqryAnswer } from "../../../app/portqry/query.ts";

/** Lines between the question and the verdict, as PortQry prints what a service said. Names and values are untrusted. */
export function answerLines(answer: PortqryAnswer): string[] {
  return (SERVICES[answer.protocol] ?? dataReturned)(answer);
}

type Lines = (answer: PortqryAnswer) => string[];

const SERVICES: { readonly [protocol: string]: Lines } = {
  ldap: ({ fields }) => [
    "LDAP query response:",
    "",
    ...objectOf(fields.attributes).flatMap(([name, value]) => `${name}: ${valueText(value)}`),
    "",
    "======== End of LDAP query response ========",
  ],
  rpc: ({ fields }) => [
    "Server's response:",
    "",
    ...listOf(fields.endpoints).flatMap((endpoint) => {
      const { uuid, annotation, binding } = Object.fromEntries(objectOf(endpoint));
      return [
        `UUID: ${valueText(uuid)}${annotation === undefined ? "" : ` ${valueText(annotation)}`}`,
        valueText(binding),
        "",
      ];
    }),
    `Total endpoints found: ${valueText(fields.total)}`,
    "",
    "==== End of RPC Endpoint Mapper query response ====",
  ],
  netbios: ({ fields }) => {
    const mac = typeof fields.mac === "string" ? fields.mac.replaceAll(":", "") : "unknown";
    return [`Server's response: MAC address ${mac}`];
  },
  sql: ({ fields }) => [
    "Server's response:",
    "",
    ...listOf(fields.instances).flatMap((instance) => [
      ...objectOf(instance).map(([name, value]) => `${name} ${valueText(value)}`),
      "",
    ]),
    "==== End of SQL Server query response ====",
  ],
  isa: ({ text, fields }) => [
    "ISA query response:",
    "",
    ...(text === undefined ? fieldLines(fields) : text.split("\n")),
    "",
    "======== End of ISA query response ========",
  ],
};

/** Banners and whatever else is text come as they are; an answer without text as its fields. */
function dataReturned({ text, fields }: PortqryAnswer): string[] {
  return ["Data returned from port:", ...(text === undefined ? fieldLines(fields) : text.split("\n"))];
}

function fieldLines(fields: PortqryAnswer["fields"]): string[] {
  return Object.entries(fields).map(([name, value]) => `${name}: ${valueText(value)}`);
}

/** Of several values PortQry shows one; here all stand in a line. */
function valueText(value: FieldValue | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object")
    return objectOf(value)
      .map(([name, inner]) => `${name}=${valueText(inner)}`)
      .join(" ");
  return String(value);
}

function objectOf(value: FieldValue | undefined): [string, FieldValue][] {
  return typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
}

function listOf(value: FieldValue | undefined): FieldValue[] {
  return Array.isArray(value) ? value : [];
}
