import { WIDE } from "./wide.ts";

/** Marks that combine with the character before them and take no column of their own. */
const COMBINING = /^[\p{Mn}\p{Me}]$/u;

let wide: { from: number; to: number }[] | undefined;

/** How many columns of a terminal `text` takes. It must hold nothing that `visible` would replace. */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** `text`, cut to at most `width` columns with an ellipsis where it is longer. */
export function fitted(text: string, width: number): string {
  if (text.length <= width && isAscii(text)) return text;
  if (displayWidth(text) <= width) return text;
  let cut = "";
  let used = 1;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    cut += character;
  }
  return `${cut}…`;
}

/** `text` with blanks behind it up to `width` columns. */
export function padded(text: string, width: number): string {
  return isAscii(text) ? text.padEnd(width) : text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
  return true;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (COMBINING.test(character)) return 0;
  return isWide(code) ? 2 : 1;
}

function isWide(code: number): boolean {
  wide ??= WIDE.split(" ").map(readRange);
  let low = 0;
  let high = wide.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = wide[middle];
    if (range === undefined) return false;
    if (code < range.from) high = middle - 1;
    else if (code > range.to) low = middle + 1;
    else return true;
  }
  return false;
}

function readRange(text: string): { from: number; to: number } {
  const [from = "", to = from] = text.split("-");
  return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
}
