import { describe } from "vitest";
import { dnsmasq } from "./programs/dnsmasq.ts";
import { sameAsStrace } from "./truth.ts";

describe("dnsmasq between a client and another DNS server", () => {
  sameAsStrace(dnsmasq, {
    needs: ["dnsmasq"],
    expected: {
      listens: [
        "tcp 127.0.0.1:<dns> chosen by application, used from 127.0.0.1",
        "udp 127.0.0.1:<dns> chosen by application, used from 127.0.0.1",
      ],
      connects: ["tcp 127.0.0.1:<upstream> established", "udp 127.0.0.1:<upstream> established"],
    },
  });
});
