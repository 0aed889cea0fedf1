/** What JSON allows unescaped and a terminal would obey or hide: DEL and C1 controls, format characters, separators. */
const HIDDEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON of `value` in one line that is safe to show on a terminal and that means exactly the same to a program. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return HIDDEN_OR_NOT_ASCII.test(text) ? text.replace(HIDDEN, escaped) : text;
}

const HIDDEN_OR_NOT_ASCII = /[^\x20-\x7e]/;

function escaped(character: string): string {
  let text = "";
  for (let i = 0; i < character.length; i++) text += `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`;
  return text;
}
