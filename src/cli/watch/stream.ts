import { createTelling } from "../../app/watch/telling.ts";
import type { Watch } from "../../app/watch/watch.ts";
import type { Change } from "../../model/change.ts";
import { micros } from "../../model/time.ts";
import type { Output } from "../output.ts";
import type { Ending } from "./ending.ts";
import type { Log } from "./log.ts";
import type { Writer } from "./writer.ts";

/** How a watch is shown. */
export type Showing = {
  watch: Watch;
  ending: Ending;
  /** Milliseconds from one refresh to the next. */
  interval: number;
  verbose: boolean;
  log: Log | undefined;
};

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

/** Writes a watch line by line until it ends. Throws what a write failed with, after the watch has ended. */
export async function stream(showing: Showing, writer: Writer, output: Output): Promise<void> {
  const { watch, ending, interval, verbose, log } = showing;
  const telling = createTelling(verbose);
  let failure: unknown;
  const write = (text: string): void => {
    if (failure !== undefined) return;
    try {
      output.write(text);
    } catch (error) {
      failure = error;
      ending.end("failed");
    }
  };
  const tell = (changes: readonly Change[]): void => {
    log?.add(changes);
    let text = "";
    for (const change of changes) {
      text += writer.change(change);
      if (text.length < CHUNK) continue;
      write(text);
      text = "";
    }
    if (text !== "") write(text);
  };
  write(writer.start);
  watch.follow((changes) => tell(telling.add(changes)));
  const timer = setInterval(() => {
    tell(telling.interval());
    if (output.abandoned?.()) ending.end("abandoned");
  }, interval);
  await ending.over;
  clearInterval(timer);
  await watch.close();
  tell(telling.interval());
  write(writer.end(micros(Date.now())));
  if (failure !== undefined) throw failure;
}
