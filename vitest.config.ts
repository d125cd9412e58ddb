import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const slo = (file: string): string => fileURLToPath(new URL(`packages/slo/src/${file}`, import.meta.url));

export default defineConfig({
  resolve: {
    // The service repository in examples/ installs nothing here: it gets what the workspace has.
    alias: [
      { find: /^@plinth\/slo$/, replacement: slo("index.ts") },
      { find: /^@plinth\/slo\/testing$/, replacement: slo("testing.ts") },
    ],
  },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "apps/*/src/**/*.test.ts",
      "test/src/**/*.test.ts",
      "test/golden/*.test.ts",
      "platform/**/*.test.ts",
      "examples/*/*.test.ts",
    ],
    // The packages are pure: nothing that one file does can reach another, and modules are loaded once.
    isolate: false,
    // Machines are noisy: a limit is there for what hangs, not for what is slow.
    testTimeout: 60_000,
    exclude: ["**/node_modules/**", "**/dist/**"],
  },
});
