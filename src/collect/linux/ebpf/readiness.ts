import type { Degradation } from "../../../model/gap.ts";
import type { Readiness } from "../../../model/interfaces.ts";
import { Problem } from "../../../model/problem.ts";
import { cgroup2Mount } from "../cgroup/mount.ts";
import { requireKernel } from "./collector.ts";
import { openLibbpf } from "./libbpf.ts";
import { openSession } from "./session.ts";

/** Whether the eBPF collector works here, found by loading and attaching its programs for a moment. */
export async function probe(): Promise<Readiness> {
  try {
    requireKernel();
    return { name: "ebpf", ready: true, degradations: attachOnce() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const what = error.why ? `${error.message} ${error.why}` : error.message;
    return { name: "ebpf", ready: false, degradations: [{ what, ...(error.next && { remedy: error.next }) }] };
  }
}

/** Nothing is followed: no process is in scope. */
function attachOnce(): Degradation[] {
  const mount = cgroup2Mount();
  const session = openSession(openLibbpf(), {
    ...(mount !== undefined && { cgroup: { path: mount, level: 0 } }),
    pids: [],
    wholeMachine: false,
    late: false,
    ringBytes: 1 << 16,
    sweepMilliseconds: 1000,
  });
  session.followUdpEnds();
  session.close();
  return session.degradations;
}
