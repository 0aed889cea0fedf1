import type { SQLInputValue } from "node:sqlite";
import { type AddressBlock, addressBlock } from "../../../model/address-block.ts";
import type { UseQuestion } from "../../../model/record.ts";
import { addressValue, MAPPED } from "../address.ts";
import { PROTOCOLS, USES } from "../codes.ts";
import type { Connection } from "../connection.ts";
import { portValue } from "../port.ts";

/** Tables of the reader's own, in memory: what the question at hand is about. */
export const MAKE_ASKED = `
  create temp table asked_usage (id integer primary key);
  create temp table asked_kind (id integer primary key);`;

/** Part of a condition with its values. */
export type Condition = { sql: string; values: SQLInputValue[] };

/**
 * Puts the usages that a question is about into `asked_usage`. Answers false, and leaves it alone, where the question
 * is about all of them.
 */
export function askUsages(connection: Connection, question: UseQuestion): boolean {
  const conditions = narrowing(question);
  if (conditions.length === 0) return false;
  const where = conditions.map(({ sql }) => sql).join(" and ");
  connection.run("delete from asked_usage");
  const values = conditions.flatMap((condition) => condition.values);
  connection.run(`insert into asked_usage select id from usage where ${where}`, ...values);
  return true;
}

/** Whether there is no usage at all of what was asked for, at any time. */
export function nothingAsked(connection: Connection): boolean {
  return connection.one("select 1 from asked_usage limit 1") === undefined;
}

/** Puts the kinds of the usages that were asked for into `asked_kind`. */
export function askKinds(connection: Connection): void {
  connection.run("delete from asked_kind");
  connection.run(
    "insert into asked_kind select kind.id from asked_usage cross join kind on kind.usage = asked_usage.id",
  );
}

/** What single flows have to fulfil, beyond their time; `asked_kind` is filled where the question is `narrowed`. */
export function flowCondition(question: UseQuestion, narrowed: boolean): Condition {
  const ports = portConditions(question);
  return narrowed ? { ...ports, sql: ` and kind in (select id from asked_kind)${ports.sql}` } : ports;
}

/**
 * What narrows single flows beyond their usage: either end's port, and the client's. A port is one of the other side
 * where the usage's own is another.
 */
function portConditions({ eitherPort, otherPort }: UseQuestion): Condition {
  const conditions: Condition[] = [];
  if (otherPort !== undefined) conditions.push({ sql: "other_port = ?", values: [portValue(otherPort)] });
  if (eitherPort !== undefined) {
    conditions.push({
      sql: `(other_port = ? or kind in ${KINDS_OF_PORT})`,
      values: [portValue(eitherPort), eitherPort],
    });
  }
  return {
    sql: conditions.map(({ sql }) => ` and ${sql}`).join(""),
    values: conditions.flatMap(({ values }) => values),
  };
}

const KINDS_OF_PORT = "(select kind.id from usage join kind on kind.usage = usage.id where usage.port = ?)";

function narrowing({ application, uses, protocol, port, peer, name }: UseQuestion): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, ...values: SQLInputValue[]) => conditions.push({ sql, values });
  if (application !== undefined) add("application = (select id from application where name = ?)", application);
  if (uses !== undefined) add(`use in (${uses.map((use) => USES[use])})`);
  if (protocol !== undefined) add("protocol = ?", PROTOCOLS[protocol]);
  // A port may be that of very many peers, and a peer's usages are few: the sign keeps SQLite from the index of ports.
  if (port !== undefined) add(typeof peer === "string" && !peer.includes("/") ? "+port = ?" : "port = ?", port);
  if (name !== undefined) add("id in (select usage from usage_name where name = ?)", name);
  if (peer !== undefined) {
    const { sql, values } = addresses(peer);
    add(`peer in (select id from address where ${sql})`, ...values);
  }
  return conditions;
}

/**
 * Addresses that are meant. A text means the address however it is written and in whichever zone, unless it names one;
 * an IPv4 address or block also where it is mapped into IPv6.
 */
function addresses(peer: string | AddressBlock): Condition {
  if (typeof peer !== "string") return inBlock(peer);
  const block = peer.includes("%") ? undefined : addressBlock(peer);
  return block === undefined ? { sql: "bytes = ?", values: [addressValue(peer)] } : inBlock(block);
}

function inBlock({ bytes, prefix }: AddressBlock): Condition {
  const [from, to] = [0, 0xff].map((fill) => bytes.map((byte, index) => masked(byte, prefix - index * 8, fill)));
  const between = (...parts: (number[] | undefined)[]) => parts.map((part = []) => Uint8Array.from(part));
  if (bytes.length === 4) {
    return {
      sql: "(length(bytes) = 4 and bytes between ? and ? or bytes between ? and ?)",
      values: between(from, to, [...MAPPED, ...(from ?? [])], [...MAPPED, ...(to ?? [])]),
    };
  }
  // What a zone adds comes after the last address of the block, so it is left out of the comparison.
  const mapped = between([...MAPPED, 0, 0, 0, 0], [...MAPPED, 255, 255, 255, 255]);
  return {
    sql: "bytes >= ? and substr(bytes, 1, 16) <= ? and length(bytes) >= 16 and not bytes between ? and ?",
    values: [...between(from, to), ...mapped],
  };
}

/** `byte` with all but its first `bits` taken from `fill`. */
function masked(byte: number, bits: number, fill: number): number {
  const mask = bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff;
  return (byte & mask) | (fill & ~mask & 0xff);
}
