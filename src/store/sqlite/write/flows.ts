import type { FlowRecord, RecordBatch } from "../../../model/record.ts";
import type { Micros } from "../../../model/time.ts";
import type { Connection } from "../connection.ts";
import { hourOf } from "../hours.ts";
import { portValue } from "../port.ts";
import type { Increments } from "./increments.ts";
import type { Kinds } from "./kinds.ts";
import { OpenFlows } from "./open-flows.ts";
import type { Touch } from "./touch.ts";

/** Single flows, by the microsecond at which they began. */
export class Flows {
  readonly #connection: Connection;
  readonly #kinds: Kinds;
  readonly #touch: Touch;
  readonly #open = new OpenFlows();

  constructor(connection: Connection, kinds: Kinds, touch: Touch) {
    this.#connection = connection;
    this.#kinds = kinds;
    this.#touch = touch;
  }

  /** Takes the flows of a batch. Answers how many are new, and the earliest start among those. */
  write({ flows = [], until }: RecordBatch, increments: Increments): { added: number; earliest: Micros } {
    const free = new Map<Micros, Micros>();
    let added = 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const flow of flows) {
      const kind = this.#kinds.of(flow);
      this.#touch.kind(kind.id, hourOf(Math.max(flow.startedAt, flow.endedAt ?? until)));
      const known = this.#open.row(flow.flow);
      const row = known ?? this.#insert(flow, kind.id, free);
      if (known === undefined) {
        added += 1;
        earliest = Math.min(earliest, row);
        increments.began(kind.usage, row);
      } else {
        this.#connection.run(UPDATE, kind.id, ...valuesOf(flow, row), row);
      }
      if (flow.endedAt === undefined) this.#open.open(flow.flow, row);
      else this.#open.end(flow.flow);
    }
    return { added, earliest };
  }

  /** Ends whatever is open at `moment`: the recorder that followed it is gone. */
  endOpen(moment: Micros): void {
    this.touchOpen(hourOf(moment), 0, Number.MAX_SAFE_INTEGER);
    this.#connection.run(END_OPEN, moment);
  }

  /**
   * Notes that kinds of open flows are needed in `hour`, so that they outlive flows that are idle for long: the next
   * `most` after the kind `last`. Answers the last of them; nothing where there are no more.
   */
  touchOpen(hour: number, last: number, most: number): number | undefined {
    const kinds = this.#connection.all<{ kind: number }>(OPEN_KINDS, last, most);
    for (const { kind } of kinds) this.#touch.kind(kind, hour);
    return kinds.at(-1)?.kind;
  }

  keep(): void {
    this.#open.keep();
  }

  forget(): void {
    this.#open.forget();
  }

  /** Where another flow began at that very microsecond it takes the next one that is free; `free` has those of the batch. */
  #insert(flow: FlowRecord, kind: number, free: Map<Micros, Micros>): Micros {
    let row = free.get(flow.startedAt) ?? flow.startedAt;
    if (this.#connection.run(INSERT, row, kind, ...valuesOf(flow, row)) === 0) {
      row = this.#connection.number(NEXT_FREE, row);
      this.#connection.run(INSERT, row, kind, ...valuesOf(flow, row));
    }
    if (row !== flow.startedAt) free.set(flow.startedAt, row + 1);
    return row;
  }
}

function valuesOf(flow: FlowRecord, row: Micros): (number | null)[] {
  const { endedAt, otherPort, bytesIn, bytesOut } = flow;
  return [
    otherPort === undefined ? null : portValue(otherPort),
    endedAt === undefined ? null : Math.max(0, endedAt - row),
    bytesIn ?? null,
    bytesOut ?? null,
  ];
}

const INSERT = `
  insert into flow (id, kind, other_port, lasted, bytes_in, bytes_out) values (?, ?, ?, ?, ?, ?) on conflict do nothing`;

const UPDATE = "update flow set kind = ?, other_port = ?, lasted = ?, bytes_in = ?, bytes_out = ? where id = ?";

const NEXT_FREE = `
  select id + 1 from flow where id >= ? and not exists (select 1 from flow as next where next.id = flow.id + 1)
  order by id limit 1`;

const OPEN_KINDS = `
  select distinct kind from flow indexed by flow_long where lasted is null and kind > ? order by kind limit ?`;

const END_OPEN = `
  update flow set lasted = max(0, ? - id)
  where id in (select id from flow indexed by flow_long where lasted is null)`;
