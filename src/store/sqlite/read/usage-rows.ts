import type { Usage } from "../../../model/record.ts";
import { addressText } from "../address.ts";
import { PROTOCOL_OF, USE_OF } from "../codes.ts";
import type { Connection } from "../connection.ts";

/** Usages by their number, for one answer. */
export class UsageRows {
  readonly #connection: Connection;
  readonly #known = new Map<number, Usage>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(id: number): Usage {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const row = this.#connection.one<Row>(SELECT, id);
    if (row === undefined) throw new Error(`the record refers to usage ${id}, which it does not have`);
    const { application, use, protocol, port, peer } = row;
    const usage = { application, use: USE_OF(use), protocol: PROTOCOL_OF(protocol), port };
    const whole = peer === null ? usage : { ...usage, peer: addressText(peer) };
    this.#known.set(id, whole);
    return whole;
  }
}

type Row = { application: string; use: number; protocol: number; port: number; peer: Uint8Array | string | null };

const SELECT = `
  select application.name as application, use, protocol, port, bytes as peer
  from usage cross join application on application.id = usage.application left join address on address.id = usage.peer
  where usage.id = ?`;
