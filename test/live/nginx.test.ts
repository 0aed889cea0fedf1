import { describe } from "vitest";
import { nginx } from "./programs/nginx.ts";
import { sameAsStrace } from "./truth.ts";

describe("nginx with two sites and a proxied path", () => {
  sameAsStrace(nginx, {
    needs: ["nginx"],
    expected: {
      listens: [
        "tcp 127.0.0.1:<site four> chosen by application, used from 127.0.0.1",
        "tcp [::1]:<site six> chosen by application, used from ::1",
      ],
      connects: ["tcp 127.0.0.1:<behind> established"],
    },
  });
});
