import { describe } from "vitest";
import { ways } from "./programs/ways.ts";
import { sameAsStrace } from "./truth.ts";

describe("the odd ways of using ports", () => {
  sameAsStrace(ways, {
    needs: ["python3"],
    expected: {
      listens: [
        "tcp 0.0.0.0:<ephemeral> chosen by system, used from 127.0.0.1",
        "tcp [::]:<ephemeral> chosen by system, used from ::ffff:127.0.0.1",
        "udp 127.0.0.1:<ephemeral> chosen by system, used from 127.0.0.1",
        "udp [::1]:<chosen> chosen by application, used from nobody",
        "udp [::1]:<ephemeral> chosen by system, used from ::1",
      ],
      connects: [
        "tcp 127.0.0.1:<closed> failed",
        "tcp 127.0.0.1:<ephemeral> established",
        "tcp 127.0.0.2:<ephemeral> established",
        "tcp 255.255.255.255:<closed> failed",
        "udp 127.0.0.1:<ephemeral> established",
        "udp [::1]:<ephemeral> established",
      ],
      failedBinds: ["tcp 192.0.2.1:<closed> EADDRNOTAVAIL", "udp [::1]:<chosen> EADDRINUSE"],
    },
  });
});
