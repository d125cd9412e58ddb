import type { TeamInput } from "@plinth/core";
import { plan } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { alertComponents } from "../alerting.ts";

const hours = { from: "08:00", to: "18:00", timeZone: "UTC" };

function withoutOnCall(name: string): TeamInput {
  const { onCall: _, ...team } = exampleTeam(name);
  return team;
}

function findingsOf(...teams: readonly TeamInput[]): readonly unknown[] {
  return plan(examplePlatform({ teams }), alertComponents).findings;
}

const platformTeam = exampleTeam("platform", { groups: { admins: "a", developers: "d", viewers: "v" } });

describe("a team with critical alerts", () => {
  it("has somebody on call; where it has not, whoever is for the platform is called", () => {
    expect(findingsOf(exampleTeam("backend"), exampleTeam("frontend"))).toEqual([]);
    expect(findingsOf(withoutOnCall("backend"), exampleTeam("frontend"))).toMatchObject([
      {
        code: "conflicting-fields",
        severity: "warning",
        path: "teams[backend].onCall",
        message: expect.stringMatching(/critical alerts: .*; platform is called for it$/),
        example: 'onCall: { pagerduty: "backend" }',
      },
    ]);
  });

  it("must have, when it stands in for all others: at any time", () => {
    const others = [exampleTeam("backend"), exampleTeam("frontend")];
    const { onCall: _, ...nobody } = platformTeam;
    expect(findingsOf(...others, nobody)).toMatchObject([{ severity: "error", path: "teams[platform].onCall" }]);
    expect(findingsOf(...others, { ...platformTeam, onCall: { pagerduty: "platform", hours } })).toMatchObject([
      { severity: "error", path: "teams[platform].onCall.hours" },
    ]);
    expect(findingsOf(...others, platformTeam)).toEqual([]);
  });
});
