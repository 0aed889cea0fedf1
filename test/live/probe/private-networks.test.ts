import { describe, expect, test } from "vitest";
import { lack } from "../machine.ts";
import { until } from "../until.ts";
import { Island } from "./island.ts";
import { realServer } from "./real-server.ts";
import { openvpn } from "./servers/openvpn.ts";
import { wireguard } from "./servers/wireguard.ts";

describe("OpenVPN without a key of the network", () => {
  for (const [transport, proto] of [
    ["udp", "udp"],
    ["tcp", "tcp-server"],
  ] as const) {
    realServer(
      `over ${transport}`,
      { needs: ["openvpn", "openssl"], start: (island) => openvpn(island, proto) },
      (ask) => {
        test("answers", async () => {
          const { fields } = await ask({ protocol: "openvpn", transport, port: 1194 });
          expect(fields).toEqual({ needsKey: false });
        });
      },
    );
  }
});

test("WireGuard is there, and silent", async ({ skip }) => {
  const reason = lack("unshare", "nsenter", "ip", "wg", "wireguard-go");
  skip(reason !== undefined, reason);
  const island = new Island();
  try {
    wireguard(island);
    const sockets = ["ss", "--no-header", "--udp", "--listening", "--numeric", "sport = :51820"];
    await until("WireGuard to listen", async () => (await island.within(sockets)) !== "");
    const { answer } = await island.askOnce({ protocol: "wireguard", transport: "udp", port: 51820 });
    expect(answer).toBeUndefined();
  } finally {
    await island.sink();
  }
});
