import type { QueryAnswer } from "../../app/query/answer.ts";
import type { QueryPort } from "../../model/documents/query.ts";
import { QUERY_CSV_COLUMNS, type QueryCsvColumnName } from "../../model/documents/query-columns.ts";
import { cell } from "../csv-cell.ts";
import { jsonText } from "../json-text.ts";
import type { Output } from "../output.ts";

/** How much text is gathered before it is written, in characters. */
const CHUNK = 1 << 18;

/** One row per port with a heading, as RFC 4180 describes. */
export function writeCsv(answer: QueryAnswer, output: Output): void {
  let text = `${QUERY_CSV_COLUMNS.map(({ name }) => name).join(",")}\r\n`;
  for (const result of answer.results) {
    const port = answer.portDocument(result);
    const address = answer.addressOf(result);
    text += `${QUERY_CSV_COLUMNS.map(({ name }) => cell(VALUES[name](port, address))).join(",")}\r\n`;
    if (text.length > CHUNK) {
      output.write(text);
      text = "";
    }
  }
  output.write(text);
}

type Value = string | number | undefined;

const VALUES: { readonly [Name in QueryCsvColumnName]: (port: QueryPort, address: string) => Value } = {
  address: (_, address) => address,
  protocol: ({ protocol }) => protocol,
  port: ({ port }) => port,
  service: ({ service }) => service,
  verdict: ({ verdict }) => verdict,
  reason: ({ reason }) => reason,
  milliseconds: ({ milliseconds }) => milliseconds,
  answer_protocol: ({ answer }) => answer?.protocol,
  answer_fields: ({ answer }) => answer && jsonText(answer.fields),
  answer_text: ({ answer }) => answer?.text,
};
