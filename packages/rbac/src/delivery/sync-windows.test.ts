import { type Environment, environmentNamed, type Finding } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { projectSyncWindows, syncWindowFindings } from "./sync-windows.ts";

interface Window {
  schedule: string;
  duration: string;
  timeZone?: string;
}

const withWindows = (...windows: Window[]): ReturnType<typeof examplePlatform> =>
  examplePlatform({
    environments: [exampleDevelopment(), exampleProduction({ delivery: { sync: "approval", windows } })],
  });
const production = (...windows: Window[]): Environment => environmentNamed(withWindows(...windows), "production");
const findings = (...windows: Window[]): readonly Finding[] => syncWindowFindings(withWindows(...windows));

describe("the windows of a project", () => {
  it("allow every application in the environment's windows, in its time zone", () => {
    expect(
      projectSyncWindows(production({ schedule: "0 8 * * 1-4", duration: "8h", timeZone: "Europe/Berlin" })),
    ).toEqual([
      { kind: "allow", schedule: "0 8 * * 1-4", duration: "8h", timeZone: "Europe/Berlin", applications: ["*"] },
    ]);
  });

  it.each([
    ["1d", "24h"],
    ["1w", "168h"],
    ["1h30m", "1h30m"],
    ["90m", "1h30m"],
    ["2500ms", "2s500ms"],
  ])("last %s, which Go reads as %s", (duration, written) => {
    expect(projectSyncWindows(production({ schedule: "0 8 * * *", duration }))[0]?.duration).toBe(written);
  });

  it("hold back the machine where syncs run by themselves, and everybody where each waits for approval", () => {
    const platform = examplePlatform({
      environments: [
        exampleDevelopment({ delivery: { sync: "automatic", windows: [{ schedule: "0 8 * * *", duration: "8h" }] } }),
        exampleProduction(),
      ],
    });
    expect(projectSyncWindows(environmentNamed(platform, "development"))).toMatchObject([{ manualSync: true }]);
    expect(projectSyncWindows(environmentNamed(platform, "production"))[0]).not.toHaveProperty("manualSync");
  });
});

describe("a sync window", () => {
  it("that opens is no finding, nor is one that lasts longer than the time to the next", () => {
    expect(findings({ schedule: "0 8 * * *", duration: "30h" }, { schedule: "0 20 29 2 *", duration: "1h" })).toEqual(
      [],
    );
  });

  it("that never opens stops the render: Argo CD would hold it open all the time", () => {
    expect(findings({ schedule: "0 8 31 2 *", duration: "8h" })).toMatchObject([
      {
        code: "without-effect",
        severity: "error",
        path: "environments[production].delivery.windows[0]",
        hint: expect.stringContaining("open all the time"),
      },
    ]);
  });

  it("that Argo CD does not read stops the render", () => {
    expect(
      findings({ schedule: "0 8 * * 1-4", duration: "8h" }, { schedule: "0 8 * * 7", duration: "8h" }),
    ).toMatchObject([
      { code: "invalid-expression", severity: "error", path: "environments[production].delivery.windows[1]" },
    ]);
  });

  it("stands once: Argo CD refuses a project with two that are equal", () => {
    const window = { schedule: "0 8 * * *", duration: "8h" };
    expect(findings(window, { ...window, duration: "1h" }, window)).toMatchObject([
      { code: "duplicate-name", path: "environments[production].delivery.windows[2]" },
    ]);
  });
});
