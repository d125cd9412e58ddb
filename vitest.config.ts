import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "apps/*/src/**/*.test.ts", "test/src/**/*.test.ts", "test/golden/*.test.ts", "platform/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/src/judges/**"],
  },
});
