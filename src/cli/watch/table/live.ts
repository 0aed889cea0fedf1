import { createTable, SORTS, type Table } from "../../../app/watch/table.ts";
import { createTelling } from "../../../app/watch/telling.ts";
import { Problem } from "../../../model/problem.ts";
import { micros } from "../../../model/time.ts";
import { counted, countText, durationText } from "../../run/report-words.ts";
import type { Terminal } from "../../terminal.ts";
import type { Showing } from "../stream.ts";
import { subjectText } from "../words.ts";
import { type Box, typeInto, wordsOf } from "./box.ts";
import { type Key, type KeyName, readKeys } from "./keys.ts";
import { helpPage } from "./page.ts";
import { createScreen, roomFor } from "./screen.ts";

/** An Escape by itself is one when nothing follows it for so long, in milliseconds. */
const ESCAPE = 50;

/** Shows a watch as a live table, and takes keys, until it ends. */
export async function showTable(showing: Showing, terminal: Terminal, colour: boolean): Promise<void> {
  const { watch, ending, interval, verbose, log } = showing;
  const telling = createTelling(verbose);
  const live = new LiveTable(showing, terminal, colour);
  watch.follow((changes) => {
    live.table.add(changes);
    log?.add(telling.add(changes));
  });
  terminal.open({
    typed: (text) => live.typed(text),
    changed: () => live.changed(),
    gone: () => ending.end("abandoned"),
  });
  try {
    live.draw();
    const timer = setInterval(() => {
      log?.add(telling.interval());
      live.refresh();
    }, interval);
    await ending.over;
    clearInterval(timer);
  } finally {
    terminal.close();
  }
  await watch.close();
  log?.add(telling.interval());
}

class LiveTable {
  readonly table: Table;
  readonly #showing: Showing;
  readonly #terminal: Terminal;
  readonly #screen: ReturnType<typeof createScreen>;
  readonly #started = performance.now();
  #top = 0;
  #box: Box | undefined;
  #page = false;
  /** What was typed and is not understood yet. */
  #input = "";
  #waiting: NodeJS.Timeout | undefined;

  constructor(showing: Showing, terminal: Terminal, colour: boolean) {
    this.#showing = showing;
    this.#terminal = terminal;
    this.#screen = createScreen(colour);
    this.table = createTable(showing.watch);
  }

  refresh(): void {
    this.table.refresh(micros(Date.now()));
    this.draw();
  }

  changed(): void {
    this.#screen.forget();
    this.draw();
  }

  typed(text: string): void {
    clearTimeout(this.#waiting);
    this.#understand(this.#input + text, false);
    if (this.#input !== "") this.#waiting = setTimeout(() => this.#understand(this.#input, true), ESCAPE);
  }

  draw(): void {
    const { table } = this;
    const { size } = this.#terminal;
    const room = roomFor(size);
    this.#top = Math.max(0, Math.min(this.#top, table.length - room));
    const picture = {
      facts: this.#facts(),
      warnings: this.#warnings(),
      rows: table.rows(this.#top, room),
      top: this.#top,
      total: table.length,
      order: table.order,
      ...(this.#box !== undefined && { box: this.#box }),
      ...(this.#page && { page: helpPage(this.#showing.watch, size.columns) }),
    };
    this.#terminal.show(this.#screen.draw(picture, size));
  }

  #facts(): string[] {
    const { watch } = this.#showing;
    const { found, opened, closed, failed } = watch.tally;
    const words = this.table.words.length === 0 ? "" : ` / ${this.table.words.join(" ")}`;
    const seconds = Math.floor((performance.now() - this.#started) / 1000);
    return [
      `${subjectText(watch)}${words}`,
      `${countText(found + opened - closed)} open`,
      `${countText(opened)} opened`,
      `${countText(closed)} closed`,
      `${countText(failed)} failed`,
      durationText(seconds).replace(".0", ""),
    ];
  }

  #warnings(): string[] {
    const { watch, log } = this.#showing;
    const { gaps } = watch.tally;
    const lost = gaps.reduce((sum, gap) => sum + (gap.lost ?? 0), 0);
    return [
      ...(this.table.paused ? ["PAUSED"] : []),
      ...(log?.trouble === undefined ? [] : [`log: ${log.trouble}`]),
      ...(gaps.length > 0 ? [lost > 0 ? `missed ${countText(lost)}` : counted(gaps.length, "gap")] : []),
      ...(watch.degradations.length > 0 ? ["incomplete (?)"] : []),
    ];
  }

  #understand(input: string, last: boolean): void {
    const { keys, rest } = readKeys(input, last);
    this.#input = rest;
    for (const key of keys) this.#press(key);
    if (keys.length > 0) this.draw();
  }

  #press(key: Key): void {
    if ("name" in key && this.#everywhere(key.name)) return;
    if (this.#page) this.#page = false;
    else if (this.#box !== undefined) this.#inBox(this.#box, key);
    else if ("typed" in key) this.#command(key.typed);
    else this.#move(key.name);
  }

  #everywhere(name: KeyName): boolean {
    if (name === "interrupt") this.#showing.ending.end("asked");
    else if (name === "suspend") this.#terminal.suspend();
    else if (name === "redraw") this.changed();
    else return false;
    return true;
  }

  #command(typed: string): void {
    const { order, words } = this.table;
    switch (typed) {
      case "q":
        this.#showing.ending.end("asked");
        break;
      case "p":
        this.table.pause();
        break;
      case "s": {
        const by = SORTS[(SORTS.indexOf(order.by) + 1) % SORTS.length] ?? "port";
        this.table.sort({ ...order, by });
        break;
      }
      case "r":
        this.table.sort({ ...order, reversed: !order.reversed });
        break;
      case "/":
        this.#box = { text: words.join(" ") };
        break;
      case "?":
      case "h":
        this.#page = true;
        break;
      case "j":
        this.#move("down");
        break;
      case "k":
        this.#move("up");
        break;
    }
  }

  #inBox(box: Box, key: Key): void {
    if ("name" in key && key.name === "escape") this.#filter([], box);
    else if ("name" in key && key.name === "enter") this.#filter(wordsOf(box), box);
    else this.#box = typeInto(box, key) ?? box;
  }

  #filter(words: string[], box: Box): void {
    try {
      this.table.filter(words);
      this.#box = undefined;
      this.#top = 0;
      this.#screen.forget();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#box = { ...box, message: [error.message, error.why].filter(Boolean).join(": ") };
    }
  }

  #move(name: KeyName): void {
    const page = Math.max(1, roomFor(this.#terminal.size) - 1);
    const steps: Partial<Record<KeyName, number>> = { up: -1, down: 1, "page-up": -page, "page-down": page };
    if (name === "home") this.#top = 0;
    else if (name === "end") this.#top = this.table.length;
    else if (name === "escape" && this.table.words.length > 0) this.#filter([], { text: "" });
    else this.#top = Math.max(0, this.#top + (steps[name] ?? 0));
  }
}
