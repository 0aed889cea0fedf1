import { ListeningPorts } from "../../formats/port-reporter/listening-ports.ts";
import { ProcessDetails } from "../../formats/port-reporter/process-details.ts";
import { localMicros } from "./local-time.ts";
import { logItems } from "./log-items.ts";
import type { Survey } from "./survey.ts";

/** What is told around a log: who the processes were, which ports were held open, and of which machine it is. */
export type Surroundings = { details: ProcessDetails; listening: ListeningPorts; computer?: string };

/** Reads what the partners of a log tell. @throws Problem `bad-log` where one is there and cannot be read. */
export async function surroundings({ began = 0, partners, computer }: Survey): Promise<Surroundings> {
  const details = new ProcessDetails();
  const listening = new ListeningPorts();
  let named = computer;
  for (const partner of partners) {
    for await (const { item, heading } of logItems(partner)) {
      named ??= heading.computer;
      if (item.kind === "process") details.add(item.process, item.at ? localMicros(item.at) : began);
      if (item.kind !== "mapping" || item.mapping.remoteAddress !== undefined) continue;
      const { protocol, localPort, localAddress } = item.mapping;
      listening.add(protocol, localPort, localAddress);
    }
  }
  return { details, listening, ...(named !== undefined && { computer: named }) };
}
