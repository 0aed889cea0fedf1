import { describe, expect, test } from "vitest";
import { requestOf } from "../../../src/cli/portqry/rules.ts";
import { readSwitches } from "../../../src/cli/portqry/switches.ts";

const request = (line: string) => requestOf(readSwitches(line.split(" ")));

describe("PortQry's own examples are understood", () => {
  test.each([
    ["-n myserver.com -e 25", { kind: "remote", query: { host: "myserver.com", ports: [25], protocols: ["tcp"] } }],
    ["-n 169.254.18.22 -p tcp -o 80,445,3389", { query: { ports: [80, 445, 3389] } }],
    [
      "-n 169.254.17.54 -e 135 -p both -l port135.txt -y",
      { log: { file: "port135.txt", overwrite: true }, query: { protocols: ["tcp", "udp"] } },
    ],
    ["-n reskit.com -p udp -e 389 -cn !my community name!", { query: { community: "my community name" } }],
    ["-n 10.0.0.1 -p tcp -r 20:23", { query: { ports: [20, 21, 22, 23], range: true } }],
    ["-n 10.0.0.1 -p udp -r 135;139", { query: { ports: [135, 136, 137, 138, 139] } }],
    ["-n 10.0.0.1 -e 443 -nr -l pqlog.txt -q", { quiet: true, log: { overwrite: true }, query: { reverse: false } }],
    ["/n 10.0.0.1 /E 25 /sl /SP 3000", { query: { ports: [25], slowLink: true, sourcePort: 3000 } }],
    ["-local", { kind: "local", local: { seconds: 60, verbose: false } }],
    [
      "-wpid 1272 -wt 5 -l logfile.txt -y -v",
      { kind: "local", local: { watch: { pid: 1272 }, seconds: 5, verbose: true } },
    ],
    ["-wport 53", { kind: "local", local: { watch: { port: 53 } } }],
    [
      "-i -n 10.0.0.1 -e 53 -p both -sp 2030",
      { kind: "interactive", query: { sourcePort: 2030, protocolWord: "BOTH" } },
    ],
    ["-n 10.0.0.1", { query: { ports: [80] } }],
  ])("%s", (line, expected) => {
    expect(request(line)).toMatchObject(expected);
  });
});

describe("what does not go together is refused", () => {
  test.each([
    ["-e 25", /-n and the name/],
    ["-n a -e 1 -r 2:3", /-e and -r exclude/],
    ["-n a -o 1 -r 2:3", /-r and -o exclude/],
    ["-n a -r 3:3", /has to begin with the lower port/],
    ["-n a -r 5", /is no range/],
    ["-n a -r :5", /is no range/],
    ["-n a -e 0", /from 1 to 65535/],
    ["-n a -e 65536", /from 1 to 65535/],
    ["-n a -o 1,,2", /does not go with -o/],
    ["-n a -p icmp", /is no protocol/],
    ["-n a -q -r 1:2", /-q goes with one port/],
    ["-n a -q -p both", /-q does not go with -p both/],
    ["-n a -cn public", /between exclamation marks/],
    ["-n a -cn !public", /between exclamation marks/],
    ["-n -e 25", /-n needs a value/],
    ["-n a -n b", /given twice/],
    ["-n a -x", /is no switch/],
    ["-local -wport 5", /-local and -wport exclude/],
    ["-wport 5 -wpid 5", /exclude each other/],
    ["-local -wt 5", /-wt goes with/],
    ["-n a -wt 5", /-wt goes with/],
    ["-wport 5 -wt 1201", /from 1 to 1200/],
    ["-local -q", /-q does not go with -local/],
    ["-local -n a", /about this computer/],
  ])("%s", (line, expected) => {
    expect(() => request(line)).toThrow(expected);
  });
});
