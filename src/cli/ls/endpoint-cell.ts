/**
 * An endpoint in at most `width` characters (14 at least): the middle of the address gives way, its two ends and the
 * port stay.
 */
export function endpointCell(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.max("]:65535".length + 1, width >> 1);
  const head = width - 1 - tail;
  return `${text.slice(0, head)}…${text.slice(-tail)}`;
}

/** A list of pids in lines of at most `width` characters, no pid broken. */
export function pidLines(text: string, width: number): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const pid of text.split(",")) {
    if (line !== "" && line.length + 1 + pid.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? pid : `,${pid}`;
  }
  lines.push(line);
  return lines;
}
