import { type Process, type ProcessKey, processKey } from "../../../model/process.ts";
import type { ProgramRecord, RecordBatch, RecordedProcess } from "../../../model/record.ts";
import { Cache } from "../cache.ts";
import type { Connection } from "../connection.ts";
import { digest } from "./digest.ts";
import { Interned } from "./interned.ts";
import type { Touch } from "./touch.ts";
import type { Words } from "./words.ts";

/** How many processes are remembered by pid and start. */
const REMEMBERED = 8192;

/** Processes, with what several of them have in common kept once. */
export class Processes {
  readonly #connection: Connection;
  readonly #words: Words;
  readonly #touch: Touch;
  readonly #identities: Interned;
  readonly #ancestors: Interned;
  readonly #ids = new Cache<string, number>(REMEMBERED);
  /** Recorders have one object for each process: it is found by itself before it is found by its key. */
  #objects = new WeakMap<ProcessKey, number>();

  constructor(connection: Connection, words: Words, touch: Touch) {
    this.#connection = connection;
    this.#words = words;
    this.#touch = touch;
    const facts = ["application", "executable", "facts", "modules", "touched"];
    this.#identities = new Interned(connection, "identity", ["hash"], facts);
    this.#ancestors = new Interned(connection, "ancestor", ["pid", "name", "next"], ["touched"]);
  }

  /** The number of a process that a batch brought; 0 where none did. */
  id(key: ProcessKey | undefined): number {
    if (key === undefined) return 0;
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    const id = this.#find(key);
    if (id !== 0) this.#objects.set(key, id);
    return id;
  }

  /** Takes the processes, exits and programs of a batch. */
  write(batch: RecordBatch, hour: number): void {
    for (const program of batch.programs ?? []) this.#program(program, hour);
    for (const process of batch.processes ?? []) this.#process(process, hour);
    for (const { process, at } of batch.exits ?? []) this.#connection.run(EXIT, at, process.startedAt, process.pid);
  }

  clear(): void {
    this.#identities.clear();
    this.#ancestors.clear();
    this.#ids.clear();
    this.#objects = new WeakMap();
  }

  #find(key: ProcessKey): number {
    const text = processKey(key);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const row = this.#connection.one<{ id: number }>(FIND, key.startedAt, key.pid);
    if (row !== undefined) this.#ids.set(text, row.id);
    return row?.id ?? 0;
  }

  #process(process: RecordedProcess, hour: number): void {
    const { pid, startedAt, endedAt = null } = process;
    const identity = this.#identity(process);
    const parents = process.parents === undefined ? null : this.#chain(process.parents);
    const id = this.#connection.number(UPSERT, pid, startedAt, endedAt, identity, parents);
    this.#ids.set(processKey(process), id);
    this.#touch.process(id, hour);
    // A process that is known already may have another identity now.
    this.#touch.identity(identity, hour);
    this.#touch.ancestors(parents ?? 0, hour);
  }

  #identity(process: RecordedProcess): number {
    const { pid, startedAt, endedAt, parents, modules, application, ...facts } = process;
    const text = JSON.stringify(facts satisfies Omit<Process, "pid" | "startedAt">);
    const list = this.#words.modules(modules);
    const hash = digest(`${application}\n${list}\n${text}`);
    const values = [this.#words.application(application), facts.executable ?? null, text, list, 0];
    return this.#identities.id(Buffer.from(hash).toString("latin1"), [hash], values);
  }

  /** The number of the nearest parent, whose row leads to the others. */
  #chain(parents: { pid: number; name: string }[]): number {
    let next = 0;
    for (const { pid, name } of parents.toReversed()) {
      next = this.#ancestors.id(`${pid} ${next} ${name}`, [pid, name, next], [0]);
    }
    return next;
  }

  #program(program: ProgramRecord, hour: number): void {
    const { executable, sha256 = null, size = null, changedAt = null, firstSeen } = program;
    const modules = this.#words.modules(program.modules);
    const known = this.#connection.one<{ id: number }>(FIND_PROGRAM, executable, sha256, size, changedAt);
    if (known !== undefined && modules !== null) this.#connection.run(PROGRAM_MODULES, modules, known.id);
    const values = [executable, sha256, size, changedAt, modules, firstSeen];
    const id = known?.id ?? this.#connection.number(INSERT_PROGRAM, ...values);
    this.#touch.program(id, hour);
    if (modules !== null) this.#touch.modules(modules, hour);
  }
}

const FIND = "select id from process where started_at = ? and pid = ?";

const UPSERT = `
  insert into process (pid, started_at, ended_at, identity, parents, touched) values (?, ?, ?, ?, ?, 0)
  on conflict (started_at, pid) do update set
    ended_at = coalesce(excluded.ended_at, ended_at),
    identity = excluded.identity,
    parents = coalesce(excluded.parents, parents)
  returning id`;

const EXIT = "update process set ended_at = ? where started_at = ? and pid = ?";

const FIND_PROGRAM = "select id from program where executable = ? and sha256 is ? and size is ? and changed_at is ?";

const INSERT_PROGRAM = `
  insert into program (executable, sha256, size, changed_at, modules, first_seen, touched) values (?, ?, ?, ?, ?, ?, 0)
  returning id`;

const PROGRAM_MODULES = "update program set modules = ? where id = ?";
