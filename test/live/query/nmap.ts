import type { Cable } from "./cable.ts";

/** What nmap calls our verdicts (nmap(1), the six port states). */
const STATES: Record<string, string> = {
  open: "listening",
  closed: "not-listening",
  filtered: "filtered",
  "open|filtered": "listening-or-filtered",
};

/** What nmap says of ports of the far end, in the form of `verdicts`. */
export function nmapVerdicts(cable: Cable, address: string, ports: { tcp?: string; udp?: string }): string[] {
  const kinds = [ports.tcp && ["-sT", `T:${ports.tcp}`], ports.udp && ["-sU", `U:${ports.udp}`]].flatMap(
    (each) => each || [],
  );
  const scans = kinds.filter((word) => word.startsWith("-"));
  const list = kinds.filter((word) => !word.startsWith("-")).join(",");
  const family = address.includes(":") ? ["-6"] : [];
  const common = ["-Pn", "-n", "-T4", "-oX", "-", "--max-retries", "3"];
  const xml = cable.run("near", ["nmap", ...scans, ...family, ...common, "-p", list, address]);
  const single = [...xml.matchAll(/<port protocol="(\w+)" portid="(\d+)"><state state="([^"]+)"/g)];
  // Ports of a crowd are listed together, as ranges.
  const crowds = [...xml.matchAll(/<extraports state="([^"]+)" [\s\S]*?<\/extraports>/g)].flatMap(([text, state]) =>
    [...text.matchAll(/proto="(\w+)" ports="([^"]+)"/g)].flatMap(([, protocol, ranges = ""]) =>
      expanded(ranges).map((port) => `${protocol} ${port} ${STATES[state ?? ""]}`),
    ),
  );
  return [...single.map(([, protocol, port, state]) => `${protocol} ${port} ${STATES[state ?? ""]}`), ...crowds].sort();
}

function expanded(ranges: string): number[] {
  return ranges.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
