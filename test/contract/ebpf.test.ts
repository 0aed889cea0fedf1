import { createEbpfCollector } from "../../src/collect/linux/ebpf/collector.ts";
import { collectorContract, isRoot } from "./collector.ts";

collectorContract({
  name: "ebpf",
  create: createEbpfCollector,
  limits: {
    bytes: true,
    shortLived: true,
    failedBinds: true,
    portChosenBy: true,
    datagramPeers: true,
    names: true,
  },
  ...(!isRoot && { skip: { reason: "only root may load BPF programs" } }),
});
