import { readFileSync } from "node:fs";
import { parseServices, type ServiceNames } from "../../formats/services/parse.ts";
import { registeredServices } from "../../formats/services/registry.ts";
import type { Protocol } from "../../model/endpoint.ts";

/** Where a Linux machine keeps the names of services (services(5)). */
const FILE = "/etc/services";

/** The name of the service on a port; undefined where none is known. */
export type ServiceOf = (question: { protocol: Protocol; port: number }) => string | undefined;

/** Names by this machine's own file, and where that says nothing, by IANA's registry. Each is read when it is needed. */
export function namedServices(): ServiceOf {
  let own: ServiceNames | undefined;
  let registered: ServiceNames | undefined;
  return ({ protocol, port }) => {
    own ??= machineServices();
    const name = own[protocol].get(port);
    if (name !== undefined) return name;
    registered ??= registeredServices();
    return registered[protocol].get(port);
  };
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
