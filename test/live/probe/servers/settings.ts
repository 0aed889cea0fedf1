import { writeFileSync } from "node:fs";

/** Writes a file of settings, one in each line, and returns its path. */
export function writeSettings(path: string, settings: { [name: string]: string | number }, between = "="): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name}${between}${value}\n`);
  writeFileSync(path, lines.join(""));
  return path;
}
