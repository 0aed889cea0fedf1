import { readFileSync } from "node:fs";

/** A command of a walk-through: what is typed, what it prints, and how it ends. */
export type Typed = { command: string; printed: string; status: number };

/** A file that a page shows, by the name of its block. */
export type Shown = { file: string; text: string };

/** The commands of a page, in order: blocks of `console`, in which `$ ` begins what is typed. */
export function typedIn(page: string): Typed[] {
  return blocksOf(page, "console").flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = "", ...lines] = part.split("\n");
        const status = /^\[exit status (\d+)\]$/m.exec(part)?.[1];
        const printed = lines.filter((line) => !line.startsWith("[exit status ")).join("\n");
        return { command, printed: printed.trim(), status: Number(status ?? 0) };
      }),
  );
}

/** The files of a page: blocks whose language is the file's name. */
export function shownIn(page: string, ...files: string[]): Shown[] {
  return files.flatMap((file) => blocksOf(page, file).map((text) => ({ file, text })));
}

function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(page, "utf8");
  const fence = new RegExp(`^\`\`\`${language.replaceAll(".", "\\.")}\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(fence)].map(([, block = ""]) => block);
}
