/** Control, format (with the bidirectional ones), surrogate, private and unassigned code points, and line separators. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * `text` as it may be shown on a terminal: whatever a terminal would obey or hide (escapes, newlines, bidirectional
 * controls) is replaced by its visible escape, `\x1b` or `\u{202e}`. Ordinary text comes back unchanged.
 */
export function visible(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return text.replace(HIDDEN, escaped);
  }
  return text;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}
