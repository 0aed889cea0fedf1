import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SCOPES, type Scope } from "./adapter.ts";

/** One program of test/scenarios, as its first lines describe it. */
export type Scenario = {
  name: string;
  file: string;
  language: "c" | "py" | "ts";
  /** One sentence. */
  text: string;
  needs: string[];
  scopes: Scope[];
  /** Whether it opens something before the recorder starts. */
  late: boolean;
};

const FOLDER = join(import.meta.dirname, "../scenarios");
/** Not scenarios, but what they share. */
const SHARED = new Set(["scenario.h", "scenario.py", "scenario.ts"]);

/** The header that scenarios in C include. */
export const C_HEADER = join(FOLDER, "scenario.h");

/**
 * Every scenario, or those named, by name.
 * @throws Error for a name that does not exist, and for a file whose first lines do not say what it is.
 */
export function listScenarios(names: readonly string[] = []): Scenario[] {
  const files = readdirSync(FOLDER).filter((file) => /\.(c|py|ts)$/.test(file) && !SHARED.has(file));
  const all = files
    .map((file) => readScenario(join(FOLDER, file), file, readFileSync(join(FOLDER, file), "utf8")))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`there is no scenario ${unknown.join(", ")} in test/scenarios`);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** The scenario that the first comment of `text` describes. */
export function readScenario(path: string, file: string, text: string): Scenario {
  const [, name = "", language = ""] = /^(.+)\.(c|py|ts)$/.exec(file) ?? [];
  const header = headerOf(text);
  const sentence = header.get("scenario");
  if (sentence === undefined) throw new Error(`${file} does not say "scenario: …" in its first lines`);
  const scopes = words(header.get("scope") ?? SCOPES.join(" "));
  const strange = scopes.filter((scope) => !SCOPES.some((known) => known === scope));
  if (strange.length > 0) throw new Error(`${file} has the unknown scope ${strange.join(", ")}`);
  return {
    name,
    file: path,
    language: language as Scenario["language"],
    text: sentence,
    needs: words(header.get("needs") ?? ""),
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    late: header.get("recorder") === "late",
  };
}

/** The `key: value` lines of the first comment; a line without a key goes on with the one before. */
function headerOf(text: string): Map<string, string> {
  const header = new Map<string, string>();
  let key: string | undefined;
  for (const line of text.split("\n").slice(0, 30)) {
    const content = line.replace(/^\s*(#!.*|\/\/|\/\*+|\*+\/?|#|"""|''')?\s*/, "").replace(/\s*(\*\/|"""|''')\s*$/, "");
    if (/^(include|import|from|define)\b/.test(content)) break;
    const field = /^(scenario|needs|scope|kernel|recorder):\s*(.*)$/.exec(content);
    if (field?.[1] !== undefined) {
      key = field[1];
      header.set(key, field[2] ?? "");
    } else if (content === "") key = undefined;
    else if (key === "scenario") header.set(key, `${header.get(key)} ${content}`);
  }
  return header;
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/** Why `scenario` cannot run on this machine, or undefined where it can. */
export function lackOf({ needs }: Scenario): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  const isRoot = process.geteuid?.() === 0;
  if ((needs.includes("root") || needs.includes("netns")) && !isRoot) return "needs root";
  if (needs.includes("ipv6") && !existsSync("/proc/net/if_inet6")) return "the kernel has no IPv6";
  return undefined;
}
