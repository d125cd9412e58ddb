import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { ownerFindings, platformOwner } from "./owner.ts";

const platformTeam = exampleTeam("platform", {
  groups: { admins: "team-platform-admins", viewers: "team-platform-viewers" },
});
const teams = [exampleTeam("backend"), exampleTeam("frontend")];

describe("the owner of the platform", () => {
  it("is the team of that name", () => {
    expect(platformOwner(examplePlatform({ teams: [...teams, platformTeam] }))).toMatchObject({
      name: "platform",
      contact: platformTeam.contact,
      onCall: { pagerduty: "platform" },
    });
  });

  it("is the team that the options name", () => {
    expect(platformOwner(examplePlatform({ teams: [...teams, platformTeam] }), "backend").name).toBe("backend");
  });

  it("has an address where no team is the owner", () => {
    expect(platformOwner(examplePlatform())).toEqual({
      name: "platform",
      contact: { chat: "#platform", email: "platform@shop.example.com" },
    });
  });

  it("must exist when it is named", () => {
    expect(ownerFindings(examplePlatform(), "backand")).toMatchObject([
      {
        code: "unknown-reference",
        path: "platformTeam",
        message: 'there is no team "backand"',
        expected: "one of backend, frontend",
        example: 'platformTeam: "backend"',
      },
    ]);
    expect(ownerFindings(examplePlatform(), "backend")).toEqual([]);
    expect(ownerFindings(examplePlatform(), undefined)).toEqual([]);
  });
});
