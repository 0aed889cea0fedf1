import { Resolver } from "node:dns/promises";

/** How long a name server may take, in milliseconds, and how often it is asked. */
const TIMEOUT = 2_000;
const TRIES = 1;

/** A name that is looked for beside the query. */
export type Reverse = {
  /** The name, as soon as it is known; undefined where there is none. Never rejects. */
  name: Promise<string | undefined>;
  /** Gives up after so long, in milliseconds. */
  within(milliseconds: number): Promise<string | undefined>;
};

/** Looks for the name of an address, in the hosts file and by name servers. */
export function lookForName(address: string): Reverse {
  const resolver = new Resolver({ timeout: TIMEOUT, tries: TRIES });
  const [plain = address] = address.split("%");
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
