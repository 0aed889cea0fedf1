import type { Key } from "./keys.ts";

/** The line in which filter words are typed, and what is wrong with them. */
export type Box = { text: string; message?: string };

/** No person types more, and what is pasted has an end. */
const LONGEST = 200;

/** The box after `key`; undefined where the key means nothing in it. */
export function typeInto(box: Box, key: Key): Box | undefined {
  if ("typed" in key) return { text: (box.text + key.typed).slice(0, LONGEST) };
  switch (key.name) {
    case "backspace":
      return { text: [...box.text].slice(0, -1).join("") };
    case "word":
      return { text: box.text.replace(/\S*\s*$/u, "") };
    case "clear":
      return { text: "" };
    default:
      return undefined;
  }
}

/** The filter words in a box. */
export function wordsOf({ text }: Box): string[] {
  return text.split(/\s+/u).filter(Boolean);
}
