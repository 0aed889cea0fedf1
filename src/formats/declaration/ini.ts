/** A line `key=value` of a file of sections, with the number of its line from 1. */
export type IniEntry = { section: string; key: string; value: string; line: number };

/**
 * The entries of a file of `[sections]` with `key=value` (systemd.syntax(7); Python's configparser for ufw). Lines that
 * begin with `#` or `;` are comments; a line that ends with a backslash goes on in the next.
 */
export function iniEntries(text: string): IniEntry[] {
  const found: IniEntry[] = [];
  let section = "";
  let pending: { text: string; line: number } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*[#;]/.test(raw)) continue;
    const whole: { text: string; line: number } = pending
      ? { text: `${pending.text} ${raw.trim()}`, line: pending.line }
      : { text: raw.trim(), line: index + 1 };
    pending = whole.text.endsWith("\\") ? { ...whole, text: whole.text.slice(0, -1).trimEnd() } : undefined;
    if (pending) continue;
    const heading = /^\[(.*)\]$/.exec(whole.text);
    const entry = /^([^=]+?)\s*=\s*(.*)$/.exec(whole.text);
    if (heading) section = heading[1] ?? "";
    else if (entry) found.push({ section, key: entry[1] ?? "", value: entry[2] ?? "", line: whole.line });
  }
  return found;
}
