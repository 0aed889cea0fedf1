import type { Conversation, FieldValue, ProbeProtocol, Step } from "../protocol.ts";
import { type Reply, reply } from "./redis/reply.ts";
import { join } from "./wire/bytes.ts";
import { printable, shown } from "./wire/text.ts";

/**
 * Redis and what speaks its protocol (RESP 2, Valkey, KeyDB, …): whether it answers strangers, and what it then says of
 * itself. Nothing is read of what it keeps, and nothing changed.
 */
export const redis: ProbeProtocol = {
  name: "redis",
  services: ["redis"],
  ports: [{ protocol: "tcp", port: 6379 }],
  tcp: conversation,
};

function conversation(): Conversation {
  let asked = false;
  return {
    first: command("PING"),
    next(received, ended) {
      const heard = reply(received, ended);
      if (heard === "unfinished") return { more: true };
      if (heard === "foreign") return asked ? answer({ open: true }) : { foreign: true };
      if (asked) return answer({ open: true, ...about(heard) });
      if (heard.type === "error") return refused(heard);
      if (heard.type !== "status" || printable(heard.content) !== "PONG") return { foreign: true };
      if (ended) return answer({ open: true });
      asked = true;
      return { send: command("INFO", "server") };
    },
  };
}

/** A command as an array of strings (RESP 2). */
function command(...words: string[]): Uint8Array {
  return join(`*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`);
}

/** Words with which Redis begins an error when it wants to know first who asks, or from where. */
const REFUSALS = ["NOAUTH", "DENIED", "NOPERM", "WRONGPASS", "LOADING", "MASTERDOWN", "BUSY", "MISCONF", "ERR"];

function refused({ content }: Reply): Step {
  const text = printable(content);
  const error = text.split(" ", 1)[0] ?? "";
  return REFUSALS.includes(error) ? answer({ open: false, error }, text) : { foreign: true };
}

/** What is told of INFO's section on the server, and the field that each line becomes. */
const TOLD: { [line: string]: string } = {
  server_name: "product",
  redis_version: "version",
  valkey_version: "valkeyVersion",
  redis_mode: "mode",
  server_mode: "mode",
  os: "operatingSystem",
  uptime_in_seconds: "uptimeSeconds",
};

function about({ type, content }: Reply): { [name: string]: FieldValue } {
  if (type === "error") return { error: printable(content) };
  const fields: { [name: string]: FieldValue } = {};
  for (const line of Buffer.from(content).toString("utf8").split("\r\n")) {
    const [, name = "", value = ""] = /^([a-z_]+):(.*)$/.exec(line) ?? [];
    const field = Object.hasOwn(TOLD, name) ? TOLD[name] : undefined;
    if (field !== undefined) fields[field] = field === "uptimeSeconds" ? seconds(value) : shown(value);
  }
  return fields;
}

function seconds(text: string): number {
  return Number(/^\d{1,15}$/.exec(text)?.[0] ?? 0);
}

function answer(fields: { [name: string]: FieldValue }, text?: string): Step {
  return { answer: { protocol: "redis", fields, ...(text !== undefined && { text }) } };
}
