import { readFileSync } from "node:fs";
import { parseServices, type ServiceNames } from "../../formats/services/parse.ts";
import type { Protocol } from "../../model/endpoint.ts";

/** Where a Linux machine keeps the names of services (services(5)). */
const FILE = "/etc/services";

/** The name of the service on a port; undefined where none is known. */
export type ServiceOf = (question: { protocol: Protocol; port: number }) => string | undefined;

/** Names by this machine's own file, and where that says nothing, by IANA's registry. */
export async function loadServices(): Promise<ServiceOf> {
  const own = machineServices();
  const { registeredServices } = await import("../../formats/services/registry.ts");
  const registered = registeredServices();
  return ({ protocol, port }) => own[protocol].get(port) ?? registered[protocol].get(port);
}

/** Names by this machine's file alone. A machine without one is no mistake: slim containers have none. */
export function machineServices(): ServiceNames {
  let text = "";
  try {
    text = readFileSync(FILE, "latin1");
  } catch {
    // The registry knows the usual names.
  }
  return parseServices(text);
}
