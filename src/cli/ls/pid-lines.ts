/** A list of pids in lines of at most `width` characters, no pid broken. */
export function pidLines(text: string, width: number): string[] {
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
