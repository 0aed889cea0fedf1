import type { Addresses } from "./addresses.ts";
import type { Limits } from "./limits.ts";
import type { Names } from "./names.ts";
import type { Processes } from "./processes.ts";
import type { Usages } from "./usages.ts";

/** What connections, listeners and binds share. */
export type Parts = {
  limits: Limits;
  usages: Usages;
  processes: Processes;
  names: Names;
  addresses: Addresses;
};
