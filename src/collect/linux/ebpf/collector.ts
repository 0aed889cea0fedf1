import { existsSync } from "node:fs";
import type { Collector } from "../../../model/interfaces.ts";
import { Problem } from "../../../model/problem.ts";

/** The kernel's own type data, which the programs are fitted to when they are loaded. */
export const BTF = "/sys/kernel/btf/vmlinux";

/**
 * The collector in the kernel: complete, and cheap at any load.
 * @throws Problem `not-permitted` without root, `not-available` where the kernel or libbpf lacks what it needs.
 */
export async function createEbpfCollector(): Promise<Collector> {
  requireKernel();
  const { openLibbpf } = await import("./libbpf.ts");
  const libbpf = openLibbpf();
  return {
    name: "ebpf",
    fromStart: true,
    async snapshot(options) {
      const { takeSnapshot } = await import("./snapshot.ts");
      return takeSnapshot(libbpf, options);
    },
    async capture(scope, sink) {
      const { startCapture } = await import("./capture.ts");
      return startCapture(scope, sink);
    },
  };
}

/** @throws Problem where this user or this kernel cannot load BPF programs at all. */
export function requireKernel(): void {
  if (process.geteuid?.() !== 0) {
    throw new Problem("not-permitted", "The kernel lets only root follow connections.", {
      why: "Loading BPF programs needs CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN.",
      next: "sudo ./portolan run -- COMMAND",
    });
  }
  if (!existsSync(BTF)) {
    const mounted = existsSync("/sys/kernel");
    throw new Problem("not-available", "This kernel does not describe its types (BTF).", {
      why: mounted
        ? `${BTF} is missing: the kernel was built without CONFIG_DEBUG_INFO_BTF, which those of Debian and Ubuntu have.`
        : "/sys is not mounted.",
      next: mounted ? "sudo apt-get install linux-image-amd64" : "sudo mount -t sysfs none /sys",
    });
  }
}
