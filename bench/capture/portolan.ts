import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProfileDocument } from "../../src/model/documents/profile.ts";
import { LAUNCHER } from "../launcher.ts";
import { type Count, type Counter, type Load, loadUnder, startLine } from "./counter.ts";

/** Portolan itself, as a person starts it. */
export const PORTOLAN: Counter = {
  name: "portolan run",
  peers: [],
  share: 1,
  async watch({ programs, scratch }, room, connections) {
    const file = join(scratch, "profile.json");
    const command = [LAUNCHER, "run", "--output", file, "--", programs.churn, String(connections)];
    const load = await loadUnder(startLine(room.inside(command)));
    return countOf(load, JSON.parse(readFileSync(file, "utf8")) as ProfileDocument);
  },
};

/** The connections that both sides of the profile give to the load's process; 0 where it may have missed something. */
export function countOf(load: Load, profile: ProfileDocument): Count {
  const own = ({ pids }: { pids: number[] }) => pids.length === 1 && pids[0] === load.pid;
  const out = profile.connects.filter((each) => own(each) && each.remote.port === load.port);
  const inward = profile.listens.filter((each) => own(each) && each.port === load.port);
  const sum = (usages: { flows?: number | undefined }[]) =>
    usages.reduce((total, { flows }) => total + (flows ?? 0), 0);
  const gaps = profile.gaps.map(({ reason, lost }) => (lost === undefined ? reason : `${reason} (${lost} lost)`));
  if (gaps.length > 0 || !profile.complete) return { load, counted: 0, remark: `gap: ${gaps.join("; ")}` };
  const remark = profile.collector === "ebpf" ? "both ends, with bytes and times; complete" : profile.collector;
  return { load, counted: Math.min(sum(out), sum(inward)), remark };
}
