import type { QueryAnswer } from "../../app/query/answer.ts";
import type { QueryDocument, QueryPort, QueryTarget } from "../../model/documents/query.ts";
import { jsonText } from "../json-text.ts";
import type { Output } from "../output.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

/** `portolan.query/1`: one document, one port a line. */
export function writeJson(answer: QueryAnswer, output: Output): void {
  const { target, interrupted, unknown } = answer;
  const head: Omit<QueryDocument, "ports"> = {
    schema: "portolan.query/1",
    target,
    ...(interrupted && { interrupted, unknown }),
  };
  let text = `${jsonText(head).slice(0, -1)},"ports":[`;
  let separator = "\n";
  for (const result of answer.results) {
    text += separator + jsonText(answer.portDocument(result));
    separator = ",\n";
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(`${text}\n]}\n`);
}

/** `portolan.query-port/1`: one object a line, complete in itself. */
export function portLine(port: QueryPort, target: QueryTarget): string {
  return `${jsonText({ schema: "portolan.query-port/1", target, ...port })}\n`;
}
