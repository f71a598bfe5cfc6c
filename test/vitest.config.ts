import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** These hold on to ports, processes, folders and keys of their own: each file has modules of its own. */
const APART = ["test/store/**", "test/stories/**", "test/fuzz.test.ts"];

export default defineConfig({
  test: {
    exclude: ["test/browser/**"],
    testTimeout: 30_000,
    // Many tests wait for processes, disks and clocks, so that even two cores have work for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        // Knowledge and its index are read once for all of them, not once for each file.
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", ...APART],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "whole", include: APART.map((place) => place.replace("**", "**/*.test.ts")) },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/cli.ts"],
      reporter: ["text-summary"],
    },
  },
});
