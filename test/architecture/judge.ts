import { posix } from "node:path";
import { BESIDE, DOORS, LAYERS, OWNERS, PLATFORMS, PURE, SELECTOR, SINGLE } from "./tables.ts";

/**
 * Why a file at `path` may not import `specifier`, as a sentence; undefined where it may. Both tables are judged here:
 * layers for files of the repository, owners for outside packages, and for Node's own modules who does without them.
 */
export function objection(path: string, specifier: string | undefined): string | undefined {
  if (specifier === undefined) return path.startsWith("src/") ? "imports what no table can judge" : undefined;
  if (specifier.startsWith("node:"))
    return PURE.includes(partOf(path)) ? `is pure, and imports ${specifier}` : undefined;
  if (!specifier.startsWith(".")) return ownership(path, packageOf(specifier));
  const target = posix.join(posix.dirname(path), specifier);
  return layering(path, target) ?? platform(path, target) ?? door(path, target);
}

function ownership(path: string, name: string): string | undefined {
  const owners = OWNERS[name];
  if (owners === undefined) return `imports ${name}, which has no owner`;
  if (owners.some((owner) => path === owner || path.startsWith(`${owner}/`))) return undefined;
  return `imports ${name}, which belongs to ${owners.join(", ") || "nobody's imports"}`;
}

function layering(path: string, target: string): string | undefined {
  if (SINGLE[target] === path) return undefined;
  const from = partOf(path);
  const to = partOf(target);
  if (from === to) return undefined;
  const allowed = LAYERS[from] ?? BESIDE[from];
  if (allowed === undefined) return `stands in ${from}, which is no layer`;
  return allowed.includes(to) ? undefined : `is ${from}, and imports ${target}`;
}

function platform(path: string, target: string): string | undefined {
  const to = platformOf(target);
  if (to === undefined || partOf(path) !== "collect" || path === SELECTOR || platformOf(path) === to) return undefined;
  return `imports ${target}, of a platform that only ${SELECTOR} chooses`;
}

function door(path: string, target: string): string | undefined {
  const only = DOORS[partOf(path)];
  if (only === undefined || partOf(target) !== "ffi" || path.startsWith(`${only}/`)) return undefined;
  return `imports ${target}, which is for ${only} alone`;
}

function platformOf(path: string): string | undefined {
  return PLATFORMS.find((name) => path.startsWith(`src/collect/${name}/`));
}

/** The layer of a file under src/, else its top folder. */
function partOf(path: string): string {
  const [top = "", layer = ""] = path.split("/");
  return top === "src" ? layer.replace(/\.ts$/, "") : top;
}

function packageOf(specifier: string): string {
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}
