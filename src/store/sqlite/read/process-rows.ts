import type { RecordedProcess } from "../../../model/record.ts";
import type { Connection } from "../connection.ts";

type Parents = { pid: number; name: string }[];
type Identity = Omit<RecordedProcess, "pid" | "startedAt" | "endedAt" | "parents">;

/** Processes by their number, for one answer. What they share, such as lists of modules, answers share, too. */
export class ProcessRows {
  readonly #connection: Connection;
  readonly #known = new Map<number, RecordedProcess | undefined>();
  readonly #identities = new Map<number, Identity>();
  readonly #modules = new Map<number, string[]>();
  readonly #parents = new Map<number, Parents>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those of `ids` that started last, the last first. */
  latest(ids: Iterable<number>, most: number): RecordedProcess[] {
    return [...ids]
      .flatMap((id) => this.get(id) ?? [])
      .sort((a, b) => b.startedAt - a.startedAt || b.pid - a.pid)
      .slice(0, most);
  }

  /** Nothing for 0, which stands for an unknown one. */
  get(id: number): RecordedProcess | undefined {
    if (this.#known.has(id)) return this.#known.get(id);
    const row = id === 0 ? undefined : this.#connection.one<Row>(PROCESS, id);
    const found = row && this.#process(row);
    this.#known.set(id, found);
    return found;
  }

  #process({ pid, startedAt, endedAt, identity, parents }: Row): RecordedProcess {
    return {
      pid,
      startedAt,
      ...(endedAt !== null && { endedAt }),
      ...this.#identity(identity),
      ...(parents !== null && { parents: this.#chain(parents) }),
    };
  }

  #identity(id: number): Identity {
    const known = this.#identities.get(id);
    if (known !== undefined) return known;
    const row = this.#connection.one<{ application: string; facts: string; modules: number | null }>(IDENTITY, id);
    if (row === undefined) throw new Error(`the record refers to identity ${id}, which it does not have`);
    const modules = row.modules === null ? {} : { modules: this.#list(row.modules) };
    const identity = { application: row.application, ...JSON.parse(row.facts), ...modules };
    this.#identities.set(id, identity);
    return identity;
  }

  #list(id: number): string[] {
    const known = this.#modules.get(id);
    if (known !== undefined) return known;
    const list = modulesOf(this.#connection, id);
    this.#modules.set(id, list);
    return list;
  }

  /** From the nearest parent outwards. */
  #chain(nearest: number): Parents {
    if (nearest === 0) return [];
    const known = this.#parents.get(nearest);
    if (known !== undefined) return known;
    const row = this.#connection.one<{ pid: number; name: string; next: number }>(ANCESTOR, nearest);
    const chain = row === undefined ? [] : [{ pid: row.pid, name: row.name }, ...this.#chain(row.next)];
    this.#parents.set(nearest, chain);
    return chain;
  }
}

/** A list of modules by its number. */
export function modulesOf(connection: Connection, id: number): string[] {
  const row = connection.one<{ paths: string }>("select paths from modules where id = ?", id);
  return row === undefined ? [] : JSON.parse(row.paths);
}

type Row = {
  pid: number;
  startedAt: number;
  endedAt: number | null;
  identity: number;
  parents: number | null;
};

const PROCESS = `
  select pid, started_at as startedAt, ended_at as endedAt, identity, parents from process where id = ?`;

const IDENTITY = `
  select application.name as application, facts, modules
  from identity cross join application on application.id = identity.application where identity.id = ?`;

const ANCESTOR = "select pid, name, next from ancestor where id = ?";
