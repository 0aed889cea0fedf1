import { displayWidth } from "../width.ts";

/** How a report is written. */
export type ReportOptions = {
  /** Columns of the terminal; absent where nothing need be cut. */
  width?: number | undefined;
  colour: boolean;
  /** Makes an untrusted name safe to print. */
  sanitise: (text: string) => string;
};

const CODES = { bold: [1, 22], dim: [2, 22], yellow: [33, 39], green: [32, 39] } as const;

/** `text` in a style, where colour is wanted (ECMA-48, SGR). */
export function styled(text: string, style: keyof typeof CODES, options: ReportOptions): string {
  const [on, off] = CODES[style];
  return options.colour && text !== "" ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/** `text` in lines of at most `width` columns, broken at blanks, the later lines indented. A longer word stays whole. */
export function wrapped(text: string, width: number | undefined, first = "", later = first): string[] {
  const lines: string[] = [];
  let line = first;
  let fresh = true;
  for (const word of text.split(" ")) {
    if (!fresh && width !== undefined && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = later;
      fresh = true;
    }
    line += fresh ? word : ` ${word}`;
    fresh = false;
  }
  return [...lines, line];
}
