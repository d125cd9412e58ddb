import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "apps/*/src/**/*.test.ts",
      "test/src/**/*.test.ts",
      "test/golden/*.test.ts",
      "platform/**/*.test.ts",
    ],
    // The packages are pure: nothing that one file does can reach another, and modules are loaded once.
    isolate: false,
    // Machines are noisy: a limit is there for what hangs, not for what is slow.
    testTimeout: 60_000,
    exclude: ["**/node_modules/**", "**/dist/**"],
  },
});
