import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { lack } from "../machine.ts";
import { portolan as observer } from "../observer.ts";
import { stages } from "../staged.ts";
import { pair, privateMounts } from "./day.ts";

const reason = lack("python3", "unshare");
const stage = stages();

/** Unmounts what a fresh machine has not mounted, and keeps what is mounted before and after what follows. */
const without = `
awk '$3 ~ /^(tracefs|bpf|debugfs)$/ { print $2 }' /proc/self/mounts | sort -r | xargs -r umount -l`;

it("needs neither tracefs nor bpffs, and mounts nothing", async ({ skip }) => {
  skip(reason !== undefined, reason);
  const here = stage();
  const port = await here.port("pair");
  const [before, after] = [here.path("before"), here.path("after")];
  const watch = `
cat /proc/self/mounts > ${before}
"$@" || true
cat /proc/self/mounts > ${after}
exit 0`;
  const wrapped = observer.wrap(["timeout", "1", ...pair(port)], here.path("profile"));
  const started = here.beside([...privateMounts(without + watch), ...wrapped]);
  expect(await started.ended()).toEqual({ status: 0, signal: undefined });
  const mounts = readFileSync(after, "utf8");
  expect(mounts).toBe(readFileSync(before, "utf8"));
  expect(mounts).not.toMatch(/^\S+ \S+ (tracefs|bpf|debugfs) /m);
  const { profile } = observer.report(here.path("profile"));
  expect(profile).toMatchObject({ collector: "ebpf", complete: true, gaps: [], degradations: [] });
  expect(profile?.listens).toMatchObject([{ port, flows: 1, bytesIn: 101 }]);
});
