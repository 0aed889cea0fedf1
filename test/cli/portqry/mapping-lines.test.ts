import { expect, test } from "vitest";
import type { Mapping } from "../../../src/app/portqry/local.ts";
import { localLines, processLines } from "../../../src/cli/portqry/mapping-lines.ts";
import type { Process } from "../../../src/model/process.ts";
import type { Socket, SocketState } from "../../../src/model/socket.ts";

function mapping(protocol: "tcp" | "udp", port: number, state: SocketState, process?: Process): Mapping {
  const remote = state === "ESTABLISHED" ? { remote: { address: "192.0.2.7", port: 50000 } } : {};
  const socket: Socket = {
    protocol,
    state,
    local: { address: "0.0.0.0", port },
    ...remote,
    networkNamespace: 1,
    processes: process ? [process] : [],
    evidence: { source: process ? "holder" : "none" },
  };
  return process ? { socket, process } : { socket };
}

const nginx: Process = { pid: 484, startedAt: 0, name: "nginx", unit: "nginx.service", modules: ["/usr/sbin/nginx"] };
const dns: Process = { pid: 53, startedAt: 0, name: "dnsmasq" };

test("mappings by process, with statistics", () => {
  const all = [
    mapping("tcp", 443, "LISTEN", nginx),
    mapping("tcp", 80, "ESTABLISHED", nginx),
    mapping("tcp", 80, "LISTEN", nginx),
    mapping("udp", 53, "BOUND", dns),
    mapping("tcp", 80, "TIME_WAIT"),
  ];
  expect(localLines(all).join("\n")).toBe(`TCP/UDP Port to Process Mappings

5 mappings found

PID:Process             Port       Local IP                State         Remote IP:Port
0                       TCP 80     0.0.0.0                 TIME WAIT     0.0.0.0:0
53:dnsmasq              UDP 53     0.0.0.0                               :
484:nginx               TCP 80     0.0.0.0                 ESTABLISHED   192.0.2.7:50000
484:nginx               TCP 80     0.0.0.0                 LISTENING     0.0.0.0:0
484:nginx               TCP 443    0.0.0.0                 LISTENING     0.0.0.0:0

Port Statistics

TCP mappings: 4
UDP mappings: 1

TCP ports in a LISTENING state: 2 = 50.00%
TCP ports in a ESTABLISHED state: 1 = 25.00%
TCP ports in a TIME WAIT state: 1 = 25.00%`);
});

test("ports alone where no process is known", () => {
  const text = localLines([mapping("udp", 137, "BOUND"), mapping("tcp", 80, "LISTEN")]).join("\n");
  expect(text).toMatch(/^TCP\/UDP Port Usage\n\n2 active ports found\n\nPort {7}Local IP/);
  expect(text).toMatch(/^TCP 80 .*\nUDP 137 .* :$/m);
});

test("a process with its service and modules, or what is known of them", () => {
  const known = processLines([mapping("tcp", 80, "LISTEN", nginx)]).join("\n");
  expect(known).toContain("Process ID: 484 (nginx)\n\nService Name: nginx.service\n");
  expect(known).toContain("484     TCP 80 ");
  expect(known).toContain("Loaded modules:\n/usr/sbin/nginx");
  const unknown = processLines([mapping("udp", 53, "BOUND", dns)]).join("\n");
  expect(unknown).toContain("Process doesn't appear to be a service");
  expect(unknown).toContain("Could not access module information for this process");
});
