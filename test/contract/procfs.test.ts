import { createProcfsCollector } from "../../src/collect/linux/procfs/collector.ts";
import { collectorContract } from "./collector.ts";

collectorContract({
  name: "procfs",
  create: () => createProcfsCollector(),
  limits: {
    bytes: false,
    shortLived: false,
    failedBinds: false,
    portChosenBy: false,
    datagramPeers: false,
    names: false,
  },
});
