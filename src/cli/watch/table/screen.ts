import type { Order, Row } from "../../../app/watch/table.ts";
import { countText } from "../../run/report-words.ts";
import { visible } from "../../visible.ts";
import { displayWidth, fitted, padded } from "../../width.ts";
import type { Box } from "./box.ts";
import { createRowLines, type RowLine } from "./rows.ts";

export type Size = { columns: number; rows: number };

/** All that the screen shows at one moment. */
export type Picture = {
  /** What is watched and how it goes, the most important first. */
  facts: readonly string[];
  /** What must not be overlooked. */
  warnings: readonly string[];
  /** The rows from place `top` on that fit, of `total`. */
  rows: readonly Row[];
  top: number;
  total: number;
  order: Order;
  /** Where filter words are being typed. */
  box?: Box;
  /** A page that stands in front of the table. */
  page?: readonly string[];
};

/** Lines that are no rows: the title, the heading of the table, and the keys. */
const FRAME = 3;

/** How many rows fit. */
export function roomFor({ rows }: Size): number {
  return Math.max(0, rows - FRAME);
}

/** Draws the screen, line by line, in exactly `size.rows` lines of at most `size.columns`. */
export function createScreen(colour: boolean) {
  const table = createRowLines();
  const style = (text: string, code: string): string => (colour && text !== "" ? `\x1b[${code}m${text}\x1b[m` : text);
  return {
    draw(picture: Picture, size: Size): string[] {
      const { columns } = size;
      const room = roomFor(size);
      const { heading, lines } = table.draw(picture.rows.slice(0, room), picture.order, columns);
      const middle =
        picture.page === undefined
          ? [
              style(padded(fitted(heading, columns), columns), INVERSE),
              ...lines.map((each) => rowText(each, columns, style)),
            ]
          : picture.page.slice(0, room + 1).map((text) => fitted(text, columns));
      const filled = [...middle, ...Array.from({ length: Math.max(0, room + 1 - middle.length) }, () => "")];
      return [titleText(picture, columns, style), ...filled, footText(picture, columns, style)].slice(0, size.rows);
    },
    /** Lets columns shrink again. */
    forget: () => table.forget(),
  };
}

type Style = (text: string, code: string) => string;

/** SGR (ECMA-48, 8.3.117): inverse, bold, green, red, yellow, faint. */
const [INVERSE, BOLD, GREEN, RED, YELLOW, FAINT] = ["7", "1", "32", "31", "33", "2"];

function rowText({ text, mark }: RowLine, columns: number, style: Style): string {
  const shown = fitted(text, columns);
  return mark === undefined ? shown : style(shown, mark === "new" ? GREEN : RED);
}

/** The facts, as many as fit, and the warnings on the right. */
function titleText({ facts, warnings }: Picture, columns: number, style: Style): string {
  const right = fitted(warnings.join(" · "), columns);
  const room = right === "" ? columns : columns - displayWidth(right) - 2;
  let left = facts[0] ?? "";
  for (const fact of facts.slice(1)) if (displayWidth(left) + 3 + displayWidth(fact) <= room) left += ` · ${fact}`;
  if (room <= 0) return style(right, YELLOW);
  const blanks = right === "" ? "" : " ".repeat(columns - displayWidth(fitted(left, room)) - displayWidth(right));
  return `${style(fitted(left, room), BOLD)}${blanks}${style(right, YELLOW)}`;
}

/** What the keys do, in as many words as fit. */
function hints({ by, reversed }: Order): string[] {
  const sorted = `s sorts by ${by}${reversed ? " (reversed)" : ""}`;
  return [
    `q ends  p pauses  ${sorted}  r reverses  / filters  ? keys`,
    `q ends  ${sorted}  / filters  ? keys`,
    "q ends  / filters  ? keys",
    "? keys",
  ];
}

function footText({ box, page, order, top, rows, total }: Picture, columns: number, style: Style): string {
  if (box !== undefined) return boxText(box, columns, style);
  if (page !== undefined) return style(fitted("any key goes back to the table", columns), FAINT);
  const place =
    total === 0 ? "nothing is open" : `${countText(top + 1)}-${countText(top + rows.length)} of ${countText(total)}`;
  const room = columns - place.length - 2;
  const hint = hints(order).find((text) => text.length <= room) ?? "";
  return style(fitted(`${hint.padEnd(Math.max(0, columns - place.length))}${place}`, columns), FAINT);
}

/** The end of what is typed stays in sight, and what is wrong with it as far as there is room. */
function boxText({ text, message }: Box, columns: number, style: Style): string {
  const typed = `/${visible(text)}_`;
  const shown = displayWidth(typed) <= columns ? typed : `…${typed.slice(1 - columns)}`;
  const room = columns - displayWidth(shown) - 2;
  if (room < ROOM_FOR_WORDS) return shown;
  const [words, code] = message === undefined ? ["Enter shows these, Escape all", FAINT] : [message, YELLOW];
  return `${shown}  ${style(fitted(words, room), code)}`;
}

/** Less says nothing. */
const ROOM_FOR_WORDS = 12;
