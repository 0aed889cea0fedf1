import { SETTINGS } from "./settings.ts";

/** A file of settings that says nothing: every one as a comment, as it is without the file. */
export function exampleSettings(): string {
  const parts = SETTINGS.map(({ name, default: value, example, text }) => {
    const words = example === undefined ? text : `${text} Default: ${value}.`;
    return `${wrapped(words)}\n# ${name} = "${example ?? value}"\n`;
  });
  const head = wrapped(
    "Settings of Portolan's recorder: each line is a comment until its # is removed. docs/configuration.md describes them.",
  );
  return `${head}\n\n${parts.join("\n")}`;
}

const WIDTH = 78;

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "#";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "#";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
