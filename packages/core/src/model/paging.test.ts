import { describe, expect, it } from "vitest";
import { examplePlatformInput, exampleProduction, exampleTeam } from "../testing.ts";
import type { AlertOverrideInput } from "./alert-override.ts";
import { buildPlatform } from "./build-platform.ts";
import { definePlatform, override } from "./define.ts";
import type { PagingInput } from "./paging.ts";

const usual = { critical: "pagerduty", warning: "chat", info: "email" } as const;

function findingsWith(paging: PagingInput): readonly { code: string; path: string | undefined; message: string }[] {
  const input = {
    ...examplePlatformInput(),
    environments: [examplePlatformInput().environments[0], exampleProduction({ paging })],
  };
  const environments = input.environments.filter((each) => each !== undefined);
  return buildPlatform(definePlatform({ ...input, environments })).findings.map(({ code, path, message }) => ({
    code,
    path: path?.replace("environments[production].paging.", ""),
    message,
  }));
}

function findingsOf(...alertOverrides: readonly AlertOverrideInput[]): readonly (string | undefined)[] {
  return buildPlatform(definePlatform({ ...examplePlatformInput(), alertOverrides })).findings.map(({ path }) => path);
}

describe("the paging of an environment", () => {
  it("may have business hours and maintenance, once or each week", () => {
    expect(
      findingsWith({
        ...usual,
        businessHours: { from: "08:00", to: "18:00", timeZone: "Europe/Berlin" },
        maintenance: [
          { name: "upgrade", because: "A new version.", from: "2026-12-05T22:00", to: "2026-12-06T02:00" },
          { name: "window", because: "Patches.", days: ["sunday"], from: "02:00", to: "24:00", teams: ["backend"] },
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ["ends before it begins", { from: "18:00", to: "08:00" }],
    ["is empty", { from: "08:00", to: "08:00" }],
  ])("has hours in which there is time: not what %s", (_, hours) => {
    expect(findingsWith({ ...usual, businessHours: { ...hours, timeZone: "UTC" } })).toMatchObject([
      { code: "invalid-field", path: "businessHours.to" },
    ]);
  });

  it("knows the time zone", () => {
    expect(
      findingsWith({ ...usual, businessHours: { from: "08:00", to: "18:00", timeZone: "Europe/Berlim" } }),
    ).toMatchObject([{ path: "businessHours.timeZone", message: '"Europe/Berlim" is not a time zone' }]);
  });

  it.each([
    ["days that the calendar does not have", { from: "2026-02-30T10:00", to: "2026-03-02T10:00" }, "from"],
    ["a time of the day where a day is meant", { from: "2026-03-01T10:00", to: "12:00" }, "to"],
    ["an end before the beginning", { from: "2026-03-02T10:00", to: "2026-03-01T10:00" }, "to"],
  ])("refuses maintenance with %s", (_, times, field) => {
    const maintenance = [{ name: "upgrade", because: "A new version.", ...times }];
    expect(findingsWith({ ...usual, maintenance }).map(({ path }) => path)).toContain(`maintenance[0].${field}`);
  });

  it("refuses two maintenances of one name, and teams that do not exist", () => {
    const upgrade = { name: "upgrade", because: "x", days: ["sunday" as const], from: "02:00", to: "03:00" };
    expect(findingsWith({ ...usual, maintenance: [upgrade, { ...upgrade, teams: ["backand"] }] })).toMatchObject([
      { code: "duplicate-name", path: "maintenance[1].name" },
      { code: "unknown-reference", path: "maintenance[1].teams[0]" },
    ]);
  });
});

describe("a team", () => {
  it("may be on call for some hours only", () => {
    const onCall = { pagerduty: "backend", hours: { from: "08:00", to: "18:00", timeZone: "UTC" } };
    const { platform } = buildPlatform(
      definePlatform({
        ...examplePlatformInput(),
        teams: [exampleTeam("backend", { onCall }), exampleTeam("frontend")],
      }),
    );
    expect(platform?.teams[0]?.onCall?.hours?.days).toEqual(["monday", "tuesday", "wednesday", "thursday", "friday"]);
  });
});

describe("an override of an alert", () => {
  it("is named by the alert and the place", () => {
    expect(override("PodCrashLooping", { in: "production", teams: ["backend"], off: true, because: "x" }).name).toBe(
      "podcrashlooping-production-backend",
    );
  });

  it("says something, and nothing more of what is off", () => {
    expect(findingsOf(override("A", { because: "x" }))).toEqual(["alertOverrides[a].off"]);
    expect(findingsOf(override("A", { off: true, for: "5m", because: "x" }))).toEqual(["alertOverrides[a].off"]);
    expect(findingsOf(override("A", { off: true, because: "x" }))).toEqual([]);
  });

  it("is of environments and teams that exist", () => {
    expect(findingsOf(override("A", { in: "productoin", teams: ["backand"], off: true, because: "x" }))).toEqual([
      "alertOverrides[a-productoin-backand].environments[0]",
      "alertOverrides[a-productoin-backand].teams[0]",
    ]);
  });

  it("has a threshold that is a number, or one with a unit", () => {
    expect(findingsOf(override("A", { threshold: "a lot", because: "x" }))).toEqual(["alertOverrides[a].threshold"]);
    for (const threshold of [0.05, "5%", "10m", "2Gi", "1h30m"])
      expect(findingsOf(override("A", { threshold, because: "x" }))).toEqual([]);
  });
});
