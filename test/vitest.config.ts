import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** These hold on to ports, processes, folders and keys of their own: each file has modules of its own. */
const APART = ["test/store/**/*.test.ts", "test/fuzz.test.ts"];
const STORIES = ["test/stories/**/*.test.ts"];

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
          exclude: ["test/browser/**", ...APART, ...STORIES],
          isolate: false,
        },
      },
      { extends: true, test: { name: "apart", include: APART } },
      { extends: true, test: { name: "stories", include: STORIES, globalSetup: "test/stories/built.ts" } },
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/cli.ts"],
      reporter: ["text-summary"],
    },
  },
});
