import { waitsFor } from "../../src/probe/waits.ts";
import { layCable } from "../query/cable.ts";
import { laps, medianOf, newRun, type Run, raceTable } from "../query/race.ts";
import { nmap, PORTOLAN } from "../query/scanners.ts";
import type { Row, Verdict } from "../row.ts";
import { figure, scaled } from "../statistics.ts";

/** What the command may take, as a share of what its waits alone add up to. */
const AT_MOST = 1.2;

/** `query` of ports that answer nothing. */
export const queryFiltered: Row = {
  name: "query-filtered",
  title: "`query` of 1,000 filtered ports",
  method:
    "The whole command, launcher included. Two network namespaces are joined by a cable, and the far one drops every " +
    "packet. The bound is what one such port takes: three tries, each with its wait. nmap runs once, because it takes long.",
  peers: ["nmap", "nft"],
  async run(bench) {
    const cable = await layCable();
    try {
      const count = scaled(1_000, bench.scale);
      const course = { room: cable.near, address: cable.address, ports: `1-${count}`, open: [] };
      const ours = newRun(PORTOLAN);
      laps(bench, course, newRun(PORTOLAN), 1);
      for (let round = 1; round <= bench.repeat; round++) {
        bench.progress(`round ${round} of ${bench.repeat}`);
        laps(bench, course, ours, 1);
      }
      bench.progress("nmap");
      const peer = newRun(nmap("-Pn", "-n"));
      laps(bench, course, peer, 1);
      return { tables: [raceTable(`${count} ports, all dropped`, [ours, peer])], verdicts: [verdict(ours)], notes: [] };
    } finally {
      await cable.leave();
    }
  },
};

function verdict(ours: Run): Verdict {
  const { tcp, tcpTries } = waitsFor(false);
  const bound = tcp * tcpTries;
  const claim = `portolan query : ${bound} ms, the bound of its waits`;
  const target = `at most ${AT_MOST}`;
  const mine = medianOf(ours);
  if (mine === undefined) return { claim, target, reached: false, note: ours.fault ?? "not measured" };
  return { claim, target, measured: figure(mine / bound), reached: mine / bound <= AT_MOST };
}
