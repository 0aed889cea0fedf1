import type { Protocol } from "../../model/endpoint.ts";
import { inOrder } from "../../probe/in-order.ts";
import type { FieldValue, ProbeAnswer } from "../../probe/protocol.ts";
import type { PortResult, Question } from "../../probe/result.ts";
import { scan } from "../../probe/scan.ts";
import { machineServices } from "../query/services.ts";

export type { FieldValue };
export type PortqryAnswer = ProbeAnswer;

/** What PortQry prints of one port: how it was asked, and what came of it. */
export type PortqryResult = PortResult & {
  service?: string;
  /** The probe went from another port than was asked for, since its protocol wants one that was not to be had. */
  ephemeral?: true;
};

export type PortqryQuery = {
  address: string;
  name?: string;
  protocols: readonly Protocol[];
  ports: readonly number[];
  range: boolean;
  sourcePort: number;
  community: string;
  slowLink: boolean;
};

/**
 * Asks the ports of one host, and tells each in the order of asking as soon as it and all before it are known. The service
 * names are those of this machine's own file, which is PortQry's way of being told which probe to send.
 * @throws Problem where it cannot be asked at all.
 */
export async function portqry(
  query: PortqryQuery,
  next: (result: PortqryResult) => void,
  signal?: AbortSignal,
): Promise<void> {
  const services = machineServices();
  const serviceOf = ({ protocol, port }: Question): string | undefined => services[protocol].get(port);
  const questions = query.ports.flatMap((port) => query.protocols.map((protocol) => ({ protocol, port })));
  const ephemeral = new Set<string>();
  const order = inOrder(questions, (result) => {
    const service = serviceOf(result);
    next({
      ...result,
      ...(service !== undefined && { service }),
      ...(ephemeral.has(keyOf(result)) && { ephemeral: true as const }),
    });
  });
  const { sourcePort, name, address, community, slowLink, range } = query;
  await scan(
    {
      address,
      ...(name !== undefined && { name }),
      questions,
      serviceOf,
      // PortQry asks no endpoint mapper within a range.
      ...(range && { mayProbe: (probe: string) => probe !== "rpc" }),
      greeting: false,
      slowLink,
      community,
      ...(sourcePort > 0 && { sourcePort }),
    },
    {
      result: (result) => order.add(result),
      sending({ question, wanted }) {
        if (wanted !== undefined) ephemeral.add(keyOf(question));
      },
    },
    signal,
  );
  order.end();
}

function keyOf({ protocol, port }: Question): string {
  return `${protocol} ${port}`;
}
