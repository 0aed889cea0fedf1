import { readText } from "../owners/proc-file.ts";

/**
 * Which TCP tables of a network namespace are certainly empty, from the content of its /proc/PID/net/sockstat and
 * sockstat6 (net/ipv4/proc.c, net/ipv6/proc.c). Reading an empty table is not free: the kernel walks its whole hash of
 * connections for it, 2 ms on a machine of 24 GB. `inuse` counts sockets of one family, `tw` those in TIME_WAIT of
 * both. Half-open connections are in neither, but only listeners have them; a listener of version 6 also has those of
 * version 4. What cannot be understood counts as not empty.
 */
export function emptyTables(sockstat: string, sockstat6: string): { tcp: boolean; tcp6: boolean } {
  const timeWait = countOf(sockstat, "TCP:", "tw");
  const version4 = countOf(sockstat, "TCP:", "inuse");
  const version6 = countOf(sockstat6, "TCP6:", "inuse");
  const tcp6 = timeWait === 0 && version6 === 0;
  return { tcp: tcp6 && version4 === 0, tcp6 };
}

/** `emptyTables` of the network namespace whose tables lie in `folder`. Absent when it is gone or may not be read. */
export function readEmptyTables(folder: string): { tcp: boolean; tcp6: boolean } | undefined {
  const sockstat = readText(`${folder}/sockstat`);
  return sockstat === undefined ? undefined : emptyTables(sockstat, readText(`${folder}/sockstat6`) ?? "");
}

/** The number after `word` in the line that begins with `start`. */
function countOf(text: string, start: string, word: string): number | undefined {
  for (const line of text.split("\n")) {
    if (!line.startsWith(`${start} `)) continue;
    const words = line.split(" ");
    const at = words.indexOf(word);
    const count = at < 0 ? Number.NaN : Number.parseInt(words[at + 1] ?? "", 10);
    return Number.isNaN(count) ? undefined : count;
  }
  return undefined;
}
