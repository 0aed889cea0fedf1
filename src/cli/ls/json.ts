import type { LsAnswer } from "../../app/ls.ts";
import { snapshotHead } from "../../model/snapshot-document.ts";
import { isoTime } from "../../model/time.ts";
import { jsonText } from "../json-text.ts";
import type { Output } from "../output.ts";
import { createSocketText } from "./socket-text.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

/** `portolan.snapshot/1`: one document, one socket a line. */
export function writeJson(answer: LsAnswer, output: Output): void {
  const head = jsonText(snapshotHead(answer.snapshot, answer)).slice(0, -1);
  const socketText = createSocketText();
  let text = `${head},"sockets":[`;
  let separator = "\n";
  for (const socket of answer.snapshot.sockets) {
    text += separator;
    text += socketText(socket);
    separator = ",\n";
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(`${text}\n]}\n`);
}

/** `portolan.socket/1`: one object a line, each complete in itself, so that lines of several machines may be mixed. */
export function writeLines(answer: LsAnswer, output: Output): void {
  const origin = { schema: "portolan.socket/1", host: answer.host, takenAt: isoTime(answer.snapshot.takenAt) };
  const head = `${jsonText(origin).slice(0, -1)},`;
  const socketText = createSocketText();
  let text = "";
  for (const socket of answer.snapshot.sockets) {
    text += head;
    text += socketText(socket).slice(1);
    text += "\n";
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}
