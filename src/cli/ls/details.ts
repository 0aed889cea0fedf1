import { type Process, processKey } from "../../model/process.ts";
import type { Socket } from "../../model/socket.ts";
import { visible } from "../visible.ts";
import { fitted } from "../width.ts";

const INDENT = "      ";

/**
 * The indented lines that `-v` adds below a socket: each process with its command line, then what is known of where it
 * belongs. Modules are listed where a process comes up first. On a terminal of `columns` long lines are cut.
 */
export function createDetails(sockets: readonly Socket[], columns: number | undefined): (socket: Socket) => string {
  const several = new Set(sockets.map(({ networkNamespace }) => networkNamespace)).size > 1;
  const listed = new Set<string>();
  const line = (text: string) => {
    const shown = INDENT + visible(text);
    return `${columns === undefined ? shown : fitted(shown, columns)}\n`;
  };
  return (socket) => {
    let text = several ? line(`network namespace ${socket.networkNamespace}`) : "";
    for (const process of socket.processes) {
      text += line(`${process.pid} ${commandText(process)}`);
      for (const known of belongings(process)) text += line(`  ${known}`);
      const key = processKey(process);
      if (!listed.has(key)) for (const module of process.modules ?? []) text += line(`  module ${module}`);
      else if (process.modules) text += line(`  modules as listed above for ${process.pid}`);
      listed.add(key);
    }
    return text;
  };
}

/** How a process was called. */
export function commandText({ name, executable, arguments: words }: Process): string {
  const command = words === undefined || words.length === 0 ? executable : words.join(" ");
  return command === undefined ? name : `${name}: ${command}`;
}

/** What is known of where a process belongs, a line each. */
export function belongings({ unit, container, image, package: owner, parents }: Process): string[] {
  const lines: string[] = [];
  if (unit !== undefined) lines.push(`unit ${unit}`);
  if (container !== undefined)
    lines.push(image === undefined ? `container ${container}` : `container ${container}, image ${image}`);
  if (owner !== undefined) lines.push(`package ${owner}`);
  if (parents !== undefined) lines.push(`parents ${parents.map(({ pid, name }) => `${name} (${pid})`).join(", ")}`);
  return lines;
}
