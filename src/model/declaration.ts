import type { ManifestConnect, ManifestListen, ManifestPorts, PortRange } from "./manifest.ts";

/** A line of a manifest, and where its author states it: `compose.yaml:12`. */
export type Declared<Line> = Line & { source: string };

/** What could not be read of a file, or says nothing about ports after all. */
export type DeclarationRemark = { source: string; text: string };

/** The ports of one application, as a file states them that its author wrote for another program. */
export type Declaration = {
  /** Its name in that file; absent where the file names none. */
  application?: string;
  listens: Declared<ManifestListen>[];
  connects: Declared<ManifestConnect>[];
  remarks: DeclarationRemark[];
  /** Names of others whose ports belong to it as well, stated in files of their own. */
  includes?: { name: string; source: string }[];
};

/** A declaration without anything. */
export function newDeclaration(application?: string): Declaration {
  return { ...(application !== undefined && { application }), listens: [], connects: [], remarks: [] };
}

/** One port as a manifest states it. */
export function onePort(port: number): PortRange[] {
  return [{ from: port, to: port }];
}

/** `text` as a port or a range with one of `separators` between its ends, or undefined where it is neither. */
export function readPortRange(text: string, separators = "-"): Exclude<ManifestPorts, "dynamic"> | undefined {
  const match = new RegExp(`^(\\d{1,5})(?:[${separators}](\\d{1,5}))?$`).exec(text.trim());
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from >= 1 && from <= to && to <= 65535 ? [{ from, to }] : undefined;
}
