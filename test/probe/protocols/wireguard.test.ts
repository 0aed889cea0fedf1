import { expect, test } from "vitest";
import { wireguard } from "../../../src/probe/protocols/wireguard.ts";
import { exchangeOf } from "./converse.ts";

test("silence is explained, and nothing is taken for an answer", () => {
  expect(wireguard.silence).toBe("WireGuard answers only those who know its public key");
  const { request, read } = exchangeOf(wireguard);
  expect(request).toHaveLength(148);
  expect([...request.subarray(0, 4)]).toEqual([1, 0, 0, 0]);
  expect(read(Uint8Array.of(2, 0, 0, 0))).toBeUndefined();
});
