import type { LsAnswer } from "../../app/ls.ts";
import type { ProcessDocument } from "../../model/documents/snapshot.ts";
import type { Process } from "../../model/process.ts";
import { snapshotHead, socketDocument } from "../../model/snapshot-document.ts";
import { isoTime } from "../../model/time.ts";
import { jsonText } from "../json-text.ts";
import type { Output } from "../output.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 20;

/** `portolan.snapshot/1`: one document, one socket a line. */
export function writeJson(answer: LsAnswer, output: Output): void {
  const head = jsonText(snapshotHead(answer.snapshot, answer)).slice(0, -1);
  let text = `${head},"sockets":[`;
  let separator = "\n";
  const processes = new Map<Process, ProcessDocument>();
  for (const socket of answer.snapshot.sockets) {
    text += separator + jsonText(socketDocument(socket, processes));
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
  const head = jsonText(origin).slice(0, -1);
  let text = "";
  const processes = new Map<Process, ProcessDocument>();
  for (const socket of answer.snapshot.sockets) {
    text += `${head},${jsonText(socketDocument(socket, processes)).slice(1)}\n`;
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}
