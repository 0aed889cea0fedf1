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

  /** Reads many at once; `ids` is a list in JSON. */
  load(ids: string): void {
    for (const row of this.#connection.each<Row>(`${SELECT} where usage.id in (select value from json_each(?))`, ids)) {
      this.#keep(row);
    }
  }

  get(id: number): Usage {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const row = this.#connection.one<Row>(`${SELECT} where usage.id = ?`, id);
    if (row === undefined) throw new Error(`the record refers to usage ${id}, which it does not have`);
    return this.#keep(row);
  }

  #keep({ id, application, use, protocol, port, peer }: Row): Usage {
    const usage = { application, use: USE_OF(use), protocol: PROTOCOL_OF(protocol), port };
    const whole = peer === null ? usage : { ...usage, peer: addressText(peer) };
    this.#known.set(id, whole);
    return whole;
  }
}

type Row = {
  id: number;
  application: string;
  use: number;
  protocol: number;
  port: number;
  peer: Uint8Array | string | null;
};

const SELECT = `
  select usage.id, application.name as application, use, protocol, port, bytes as peer
  from usage cross join application on application.id = usage.application left join address on address.id = usage.peer`;
