import { readFileSync } from "node:fs";
import { IMPORTERS, importerOf } from "../formats/declaration/importers.ts";
import { declaredManifest } from "../formats/declaration/manifest-text.ts";
import type { Declaration, DeclarationRemark } from "../model/declaration.ts";
import { Problem } from "../model/problem.ts";

/** What files of other programs state, as the text of one manifest, and what of them says nothing about ports. */
export type Imported = { text: string; application: string; lines: number; remarks: DeclarationRemark[] };

/** More than any real one: what is longer is not read. */
const LONGEST = 16 << 20;
const LISTED = 10;

/**
 * What do the authors of `files` state? `application` picks one of several, and names the manifest.
 * @throws Problem `bad-declaration` for a file that is damaged or of no known kind, where none or several applications are
 * in them, or where they state no port.
 */
export function importDeclarations(files: readonly string[], application: string | undefined): Imported {
  const all = files.flatMap((file) => readOne(file, application));
  const { chosen, missing } = withIncluded(choose(all, application), all);
  const remarks = [...chosen.flatMap((one) => one.remarks), ...missing];
  const lines = chosen.reduce((sum, one) => sum + one.listens.length + one.connects.length, 0);
  const name = application ?? chosen.find((one) => one.application !== undefined)?.application ?? "unnamed";
  if (lines === 0) {
    const [remark] = remarks;
    throw new Problem("bad-declaration", `${files.join(", ")}: no port is stated there`, {
      why: remark === undefined ? "Nothing in it speaks of TCP or UDP ports." : `${remark.source}: ${remark.text}`,
      next: "./portolan manifest import --help",
    });
  }
  return { text: declaredManifest(name, chosen), application: name, lines, remarks };
}

/** Kinds of files that can be imported, for a help text. */
export function importable(): { name: string; title: string }[] {
  return IMPORTERS.map(({ name, title }) => ({ name, title }));
}

function readOne(file: string, application: string | undefined): Declaration[] {
  const text = readText(file);
  const importer = importerOf({ file, text });
  if (importer !== undefined) return importer.read({ file, text }, application);
  throw new Problem("bad-declaration", `${file} is of no kind that can be imported`, {
    why: `Read are ${IMPORTERS.map(({ title }) => title).join("; ")}.`,
    next: "./portolan manifest import --help",
  });
}

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= LONGEST) return bytes.toString("utf8");
    throw new Problem("bad-declaration", `${file} is longer than ${LONGEST} bytes`, { next: `ls -l ${file}` });
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Problem("bad-declaration", `${file} cannot be read`, {
      why: code === "ENOENT" ? "There is no such file." : message,
      next: `ls -l ${file}`,
      cause: error,
    });
  }
}

/** The declarations of one application. Without a name, all of them have to be of one, or included by it. */
function choose(all: readonly Declaration[], application: string | undefined): Declaration[] {
  const included = new Set(all.flatMap((one) => one.includes?.map(({ name }) => name) ?? []));
  const named = [...new Set(all.flatMap((one) => one.application ?? []))];
  const own = named.filter((name) => !included.has(name));
  if (application === undefined && own.length > 1) {
    const shown = own.slice(0, LISTED).join(", ");
    throw new Problem("bad-declaration", `${own.length} applications are stated there, and a manifest is of one`, {
      why: own.length > LISTED ? `They are ${shown} and more.` : `They are ${shown}.`,
      next: `./portolan manifest import --application ${own[0]} FILE`,
    });
  }
  // A file that names no application, or only one, may be called whatever its reader calls it.
  const wanted = application ?? own[0];
  const fitting = all.filter((one) => one.application === undefined || one.application === wanted);
  if (fitting.length > 0) return fitting;
  if (named.length === 1) return [...all];
  throw new Problem("bad-declaration", `no application "${application}" is stated there`, {
    why: named.length === 0 ? "No application has this name." : `There are ${named.slice(0, LISTED).join(", ")}.`,
    next: "./portolan manifest import --help",
  });
}

/** Adds what the chosen ones include, as far as it was given; what was not is missing. */
function withIncluded(chosen: readonly Declaration[], all: readonly Declaration[]) {
  const found = new Set(chosen);
  const missing: DeclarationRemark[] = [];
  for (const one of found) {
    for (const { name, source } of one.includes ?? []) {
      const others = all.filter((other) => other.application === name);
      for (const other of others) found.add(other);
      if (others.length === 0) missing.push({ source, text: `it includes "${name}": import that file too` });
    }
  }
  return { chosen: [...found], missing };
}
