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
    // Machines are noisy: a limit is there for what hangs, not for what is slow.
    testTimeout: 60_000,
    exclude: ["**/node_modules/**", "**/dist/**", "test/src/judges/**"],
  },
});
