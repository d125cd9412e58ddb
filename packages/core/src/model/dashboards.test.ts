import { describe, expect, it } from "vitest";
import { examplePlatform, examplePlatformInput } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import type { EnvironmentDashboardsInput } from "./dashboards.ts";
import { definePlatform } from "./define.ts";
import type { PlatformInput } from "./platform.ts";

function findingsOf(changes: Partial<PlatformInput>): readonly string[] {
  const { findings } = buildPlatform(definePlatform({ ...examplePlatformInput(), ...changes }));
  return findings.map(({ path, message }) => `${path}: ${message}`);
}

function withDashboards(dashboards: EnvironmentDashboardsInput): Partial<PlatformInput> {
  const [first, ...others] = examplePlatformInput().environments;
  return first === undefined ? {} : { environments: [{ ...first, dashboards }, ...others] };
}

describe("how dashboards reach Grafana", () => {
  it("is by the sidecar of its chart unless said otherwise", () => {
    expect(examplePlatform().dashboards).toEqual({ delivery: "config-map" });
    expect(examplePlatform({ dashboards: { delivery: "grafana-manifest" } }).dashboards.delivery).toBe(
      "grafana-manifest",
    );
  });

  it("is one of the ways that there are", () =>
    expect(findingsOf({ dashboards: { delivery: JSON.parse('"terraform"') } })).toEqual([
      expect.stringContaining("dashboards.delivery"),
    ]));
});

describe("what the Grafana of an environment is told", () => {
  it("is nothing unless somebody says it", () =>
    expect(examplePlatform().environments[0]?.dashboards).toEqual({ dataSources: {}, teams: {} }));

  it("names teams that exist, each with a number of its own", () => {
    expect(findingsOf(withDashboards({ teams: { backend: 3, frontend: 4 } }))).toEqual([]);
    expect(findingsOf(withDashboards({ teams: { backend: 3, frontend: 3 } }))).toEqual([
      expect.stringContaining("backend has the number 3 too"),
    ]);
    expect(findingsOf(withDashboards({ teams: { backnd: 3 } }))).toEqual([
      expect.stringContaining('there is no team "backnd"'),
    ]);
  });

  it("holds no secret in clear", () => {
    const url = "https://logs.example.com";
    expect(
      findingsOf(withDashboards({ dataSources: { logs: { url, headers: { Authorization: "Bearer x" } } } })),
    ).toEqual([expect.stringContaining("is a secret in clear")]);
    expect(findingsOf(withDashboards({ dataSources: { logs: { url: "https://me:x@logs.example.com" } } }))).toEqual([
      expect.stringContaining("has a user or a password in clear"),
    ]);
    const headers = { Authorization: { secret: "loki-reader", key: "token" } };
    expect(findingsOf(withDashboards({ dataSources: { logs: { url, headers } } }))).toEqual([]);
  });
});
