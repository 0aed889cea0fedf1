import { isMap, isSeq, parseDocument } from "yaml";
import type { Manifest } from "../../model/manifest.ts";
import { Problem } from "../../model/problem.ts";
import type { Profile } from "../../model/profile.ts";
import { manifestFromProfile } from "./from-profile.ts";
import { type Lines, unstated } from "./observed.ts";
import { type ParsedManifest, parseManifest, parseWithDocument } from "./parse.ts";
import { spliced } from "./splice.ts";
import { connectText, listenText } from "./write.ts";

/**
 * `text` with lines for what `profile` saw and it does not state. It changes and removes nothing that is stated: where the
 * text is laid out as people do it, every byte of it stays. An empty text becomes a new manifest.
 * Throws `bad-manifest` when `text` is none.
 */
export function mergeManifest(text: string, file: string, profile: Profile, resolvers: readonly string[]): string {
  if (text.trim() === "") return manifestFromProfile(profile, resolvers);
  const parsed = parseWithDocument(text, file);
  const fresh = unstated(profile, parsed.manifest, resolvers);
  if (fresh.listens.length === 0 && fresh.connects.length === 0) return text;
  const wanted = joined(parsed.manifest, fresh);
  const inserted = spliced(text, parsed.document, {
    listens: fresh.listens.map(listenText),
    connects: fresh.connects.map(connectText),
  });
  return states(inserted, file, wanted) ? inserted : rewritten(parsed, fresh);
}

function joined(manifest: Manifest, fresh: Lines): Manifest {
  return {
    ...manifest,
    listens: [...manifest.listens, ...fresh.listens],
    connects: [...manifest.connects, ...fresh.connects],
  };
}

/** Whether `text` reads as `wanted`: layouts are many, so an insertion is only used when it proves right. */
function states(text: string, file: string, wanted: Manifest): boolean {
  try {
    return JSON.stringify(parseManifest(text, file)) === JSON.stringify(wanted);
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The document written anew by the YAML library: it keeps comments and order, not every blank. */
function rewritten({ document }: ParsedManifest, fresh: Lines): string {
  add(document, "listens", fresh.listens.map(listenText));
  add(document, "connects", fresh.connects.map(connectText));
  return document.toString({ lineWidth: 0 });
}

function add(document: ParsedManifest["document"], key: string, lines: string[]): void {
  if (lines.length === 0 || !isMap(document.contents)) return;
  const nodes = lines.map((line) => parseFlow(line));
  const list: unknown = document.get(key, true);
  if (!isSeq(list)) {
    document.set(key, document.createNode(nodes));
    return;
  }
  for (const node of nodes) list.add(node);
}

function parseFlow(line: string): unknown {
  return parseDocument(line).contents;
}
