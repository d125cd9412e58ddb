import { checkConfig } from "@plinth/otel";
import { describe, expect, it } from "vitest";
import { silentConfigs } from "./otelcol-silent-configs.ts";
import { wrongConfigs } from "./otelcol-wrong-configs.ts";

describe("a configuration that the collector refuses", () => {
  it.each(wrongConfigs.map((wrong) => [wrong.what, wrong] as const))(
    "is refused by Plinth: %s",
    (_, { code, path, config }) => {
      const findings = checkConfig(config).filter(({ severity }) => severity === "error");
      expect(findings.map((finding) => ({ code: finding.code, path: finding.path }))).toContainEqual({ code, path });
    },
  );

  it("is one of many kinds", () => {
    expect(wrongConfigs.length).toBeGreaterThan(100);
    expect(new Set(wrongConfigs.map(({ what }) => what)).size).toBe(wrongConfigs.length);
  });
});

describe("a configuration that the collector takes, and that loses data", () => {
  it.each(silentConfigs.map((silent) => [silent.what, silent] as const))(
    "is refused by Plinth: %s",
    (_, { path, config }) => {
      const errors = checkConfig(config).filter(({ severity }) => severity === "error");
      expect(errors.map((finding) => finding.path)).toContain(path);
    },
  );
});
