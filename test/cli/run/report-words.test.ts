import { describe, expect, it } from "vitest";
import { liveText } from "../../../src/cli/run/report-live.ts";
import { bytesText, counted, countText, durationText, errorText } from "../../../src/cli/run/report-words.ts";

describe("words for people", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9949, "9.9 kB"],
    [9950, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [45_678_901, "46 MB"],
    [Number.MAX_SAFE_INTEGER, "9.0 PB"],
    [5e18, "5,000 PB"],
  ])("%d bytes are %s", (bytes, text) => expect(bytesText(bytes)).toBe(text));

  it.each([
    [0, "0.0 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.4, "59 s"],
    [59.6, "1 min"],
    [200, "3 min 20 s"],
    [7500, "2 h 5 min"],
  ])("%d seconds are %s", (seconds, text) => expect(durationText(seconds)).toBe(text));

  it("counts", () => {
    expect([1, 999, 1000, 200_000, 1_234_567].map(countText)).toEqual(["1", "999", "1,000", "200,000", "1,234,567"]);
    expect([counted(0, "port"), counted(1, "port"), counted(2, "process", "processes")]).toEqual([
      "0 ports",
      "1 port",
      "2 processes",
    ]);
  });

  it("explains the errors that it knows and keeps the names of the others", () => {
    expect(errorText("EADDRINUSE")).toBe("address already in use (EADDRINUSE)");
    expect(errorText("ENOTSUP")).toBe("ENOTSUP");
  });
});

describe("the live line", () => {
  const soFar = { listening: 2, flows: 34, failed: 0, processes: 5, gaps: 0 };

  it("fits one line of the terminal", () => {
    expect(liveText(soFar, 12.7, 80)).toBe("12 s · 2 listening · 34 connections · 5 processes · Ctrl+C ends");
    expect(liveText({ ...soFar, gaps: 1 }, 3, 80)).toBe(
      "3 s · 2 listening · 34 connections · 5 processes · 1 gap · Ctrl+C ends",
    );
    expect(liveText(soFar, 12, 50)).toBe("12 s · 2 listening · 34 connections · 5 processes");
    expect(liveText(soFar, 12, 20)).toBe("12 s · 2 listening …");
  });
});
