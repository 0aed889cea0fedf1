import { describe, expect } from "vitest";
import { curl, curlInVain, resolver } from "./programs/curl.ts";
import { sameAsStrace } from "./truth.ts";

const needs = ["curl", "unshare"];

describe("curl fetching pages by name", () => {
  sameAsStrace(curl, {
    needs,
    expected: {
      connects: ["tcp 127.0.0.1:<web> established", `udp ${resolver}:53 established`],
      executables: ["/usr/bin/curl"],
    },
    // The server behind the name answered with an alias: what counts is the name that was asked for.
    and: ({ profile }) => {
      const names = profile?.connects.filter(({ protocol }) => protocol === "tcp").map(({ name }) => name);
      expect(names).toEqual(["www.example.test"]);
    },
  });
});

describe("curl asking for what is not there", () => {
  sameAsStrace(curlInVain, {
    needs,
    expected: { connects: ["tcp 127.0.0.1:<closed> failed", `udp ${resolver}:53 established`] },
  });
});
