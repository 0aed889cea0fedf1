import { Resolver } from "node:dns/promises";
import { readFileSync } from "node:fs";
import { hostName } from "../../formats/hosts/parse.ts";

/** How long a name server may take, in milliseconds, and how often it is asked. */
const TIMEOUT = 2_000;
const TRIES = 1;

/** A name that is looked for beside the query. */
export type Search = {
  /** The name, as soon as it is known; undefined where there is none. Never rejects. */
  name: Promise<string | undefined>;
  /** Gives up after so long, in milliseconds. */
  within(milliseconds: number): Promise<string | undefined>;
};

/**
 * Looks for the name of an address: in the hosts file, then by name servers. getnameinfo(3) would ask the same, but cannot
 * be told to stop, and would keep the program from ending.
 */
export function lookForName(address: string): Search {
  const [plain = address] = address.split("%");
  const known = hostName(hostsFile(), plain);
  if (known !== undefined) return { name: Promise.resolve(known), within: async () => known };
  const resolver = new Resolver({ timeout: TIMEOUT, tries: TRIES });
  const name = resolver.reverse(plain).then(
    ([first]) => first,
    () => undefined,
  );
  return {
    name,
    async within(milliseconds) {
      const timer = setTimeout(() => resolver.cancel(), milliseconds);
      try {
        return await name;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function hostsFile(): string {
  try {
    return readFileSync("/etc/hosts", "latin1");
  } catch {
    return ""; // a machine without one asks name servers alone
  }
}
