import { describe } from "vitest";
import { iperfTcp, iperfUdpClient, iperfUdpServer } from "./programs/iperf.ts";
import { sameAsStrace } from "./truth.ts";

const tcp = "tcp 127.0.0.1:<iperf> chosen by application, used from 127.0.0.1";
const udp = "udp 127.0.0.1:<iperf> chosen by application, used from 127.0.0.1";

describe("iperf3 as a TCP server", () => {
  sameAsStrace(iperfTcp, { needs: ["iperf3"], expected: { listens: [tcp] } });
});

describe("iperf3 as a UDP server", () => {
  sameAsStrace(iperfUdpServer, { needs: ["iperf3"], expected: { listens: [tcp, udp] } });
});

describe("iperf3 as a UDP client", () => {
  sameAsStrace(iperfUdpClient, {
    needs: ["iperf3"],
    expected: { connects: ["tcp 127.0.0.1:<iperf> established", "udp 127.0.0.1:<iperf> established"] },
  });
});
