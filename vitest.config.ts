import { defineConfig } from "vitest/config";

// Tests that start servers, load BPF programs or count what a machine does share one machine: they run one file at a time.
const live = [
  "test/live/**/*.test.ts",
  "test/contract/**/*.test.ts",
  "test/collect/linux/ebpf/**/*.test.ts",
  "test/bench/**/*.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: live, testTimeout: 30_000 } },
      {
        test: {
          name: "live",
          include: live,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
