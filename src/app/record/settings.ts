import { SETTINGS, type Settings } from "../../formats/config/settings.ts";
import { Problem } from "../../model/problem.ts";
import { micros } from "../../model/time.ts";

/** What is kept where nobody says otherwise. */
export const DEFAULTS = { keepFlows: micros(7 * 86_400_000), keepUsage: micros(3 * 31_536_000_000), maxSize: 5e9 };

/**
 * Settings as options of the command line state them, by their names: those win over the ones of the file.
 * @throws Problem `bad-value`, and `conflicting-options` where both together make no sense.
 */
export function withOptions(file: Settings, options: { [name: string]: string }): Settings {
  const settings = { ...file };
  for (const { name, read } of SETTINGS) {
    const value = options[name];
    const wrong = value === undefined ? undefined : read(value, settings);
    if (wrong !== undefined) {
      throw new Problem("bad-value", `--${name} "${value}" cannot be`, {
        why: sentence(wrong),
        next: "./portolan record --help",
      });
    }
  }
  const { keepFlows, keepUsage } = { ...DEFAULTS, ...settings };
  if (keepUsage < keepFlows) {
    throw new Problem("conflicting-options", "keep-usage is shorter than keep-flows", {
      why: "A connection belongs to a usage, which is kept at least as long.",
      next: "give both, such as --keep-flows 2d --keep-usage 30d",
    });
  }
  return settings;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
