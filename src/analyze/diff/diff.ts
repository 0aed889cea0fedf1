import type { DiffDocument } from "../../model/documents/diff.ts";
import type { Statement } from "./statements.ts";

export type Change = DiffDocument["changes"][number];

/** What changed from `before` to `after`: what was opened first, then what became more or less reachable, then the rest. */
export function changesBetween(before: readonly Statement[], after: readonly Statement[]): Change[] {
  const [old, fresh] = [joined(before), joined(after)];
  const changes: Change[] = [];
  for (const [key, now] of fresh) {
    const then = old.get(key);
    if (then === undefined) changes.push(change("opened", now));
    else changes.push(...altered(then, now));
  }
  for (const [key, then] of old) if (!fresh.has(key)) changes.push(change("closed", then));
  return changes.sort((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
}

const ORDER: readonly Change["change"][] = ["opened", "exposed", "closed", "withdrawn", "owner"];

/** By what identifies them. What listens on several addresses is reachable as its widest one is. */
function joined(statements: readonly Statement[]): Map<string, Statement> {
  const found = new Map<string, Statement>();
  for (const statement of statements) {
    const { use, protocol, ports, peer, scope, owners } = statement;
    const key = JSON.stringify([use, protocol, ports, peer]);
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { ...statement, ...(owners && { owners: new Set(owners) }) });
      continue;
    }
    if (scope === "network") known.scope = scope;
    for (const owner of owners ?? []) known.owners?.add(owner);
  }
  return found;
}

function altered(then: Statement, now: Statement): Change[] {
  const changes: Change[] = [];
  if (then.scope !== now.scope) changes.push(change(now.scope === "network" ? "exposed" : "withdrawn", now));
  const [before, after] = [sorted(then.owners), sorted(now.owners)];
  // A manifest names no executables, so that nothing is known of a change.
  if (before.length > 0 && after.length > 0 && before.join("\0") !== after.join("\0")) {
    changes.push({ ...change("owner", now), before, after });
  }
  return changes;
}

function change(what: Change["change"], { use, protocol, ports, peer, scope }: Statement): Change {
  return { change: what, use, protocol, ports, ...(peer !== undefined && { peer }), ...(scope && { scope }) };
}

function sorted(owners: ReadonlySet<string> | undefined): string[] {
  return [...(owners ?? [])].sort();
}
