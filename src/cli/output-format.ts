import { Problem } from "../model/problem.ts";
import type { OptionValues } from "./verb.ts";

/** Which of the formats that a verb offers was asked for; text when none was. Throws `conflicting-options`. */
export function outputFormat<Format extends string>(
  verb: string,
  options: OptionValues,
  offered: readonly Format[],
): Format | "text" {
  const [format, other] = offered.filter((name) => options[name] === true);
  if (format === undefined) return "text";
  if (other === undefined) return format;
  throw new Problem("conflicting-options", `--${format} and --${other} exclude each other`, {
    why: "standard output can have one format only",
    next: `./portolan ${verb} --${format}`,
  });
}
