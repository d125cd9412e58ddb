import { enforce, except, plan, warn } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { rolloutPage } from "./rollout-page.ts";

const exception = {
  because: "Reads | writes its licence.",
  ticket: "SEC-212",
  approvedBy: "security",
  owner: "backend",
};

const platform = examplePlatform({
  environments: [exampleDevelopment(), exampleProduction()],
  teams: ["backend", "data", "frontend"].map((name) => exampleTeam(name)),
  policyRollouts: [
    warn("disallow-host-path", {
      in: "production",
      teams: ["data"],
      owner: "data",
      since: "2026-11-01",
      next: { action: "enforce", on: "2027-02-01" },
      because: "One more release.",
    }),
    warn("pod-security", { in: "development", owner: "backend", next: { action: "enforce", on: "2027-01-15" } }),
    enforce("rbac", { in: "development", owner: "platform-admins" }),
  ],
  policyExceptions: [
    except("disallow-host-path", { ...exception, for: { service: "checkout" }, in: "production", until: "2027-03-31" }),
    except("disallow-latest-tag", {
      ...exception,
      for: { team: "data", resource: { kind: "Deployment", name: "old" } },
      images: ["registry.example.com/old/*"],
      until: "2027-01-31",
    }),
  ],
});
const lines = rolloutPage(policyCatalog, platform).text.split("\n");
const section = (title: string): string[] => {
  const start = lines.indexOf(`## ${title}`);
  const end = lines.findIndex((line, index) => index > start && line.startsWith("## "));
  return lines.slice(start, end === -1 ? undefined : end);
};

describe("the page about the state of the policies", () => {
  test("has a row for each thing that a policy does in an environment", () => {
    const rows = (environment: string, policy: string): string[] =>
      section(environment).filter((line) => line.startsWith(`| [${policy}]`));
    expect(rows("production", "disallow-host-path")).toEqual([
      "| [disallow-host-path](disallow-host-path.md) | refuses | backend, frontend |  |  | the environment |",
      "| [disallow-host-path](disallow-host-path.md) | warns | data | 2026-11-01 | refuses from 2027-02-01 on | data |",
    ]);
    expect(rows("development", "disallow-host-path")).toEqual([
      "| [disallow-host-path](disallow-host-path.md) | warns | all teams |  | refuses from 2027-01-15 on | backend |",
    ]);
    expect(rows("development", "disallow-wildcards-in-cluster-roles")).toEqual([
      "| [disallow-wildcards-in-cluster-roles](disallow-wildcards-in-cluster-roles.md) | refuses | the whole cluster |  |  | platform-admins |",
    ]);
  });

  test("says what is due next, the next day first", () =>
    expect(section("What is due next").slice(4, 6)).toEqual([
      "| 2027-01-15 | `pod-security` | development | all | warns | refuses | backend |  |",
      "| 2027-02-01 | `disallow-host-path` | production | data | warns | refuses | data | One more release. |",
    ]));

  test("says what is let pass until when, and who answers for it", () =>
    expect(section("What is let pass").slice(4, 6)).toEqual([
      "| 2027-01-31 | [disallow-latest-tag](disallow-latest-tag.md) | Deployment `old` of team `data`, `registry.example.com/old/*` | all | Reads \\| writes its licence. | SEC-212 | security | backend |",
      "| 2027-03-31 | [disallow-host-path](disallow-host-path.md) | service `checkout` | production | Reads \\| writes its licence. | SEC-212 | security | backend |",
    ]));

  test("is the same on any day", () => {
    const textOn = (today: string): unknown =>
      plan(platform, [admissionPolicies], { today })
        .files.find(({ path }) => path === "docs/policies/rollout.md")
        ?.text();
    expect(textOn("2026-11-21")).toContain("# What policies do where");
    expect(textOn("2030-01-01")).toBe(textOn("2026-11-21"));
  });

  test("says so when nothing is planned and nothing let pass", () => {
    const { text } = rolloutPage(policyCatalog, examplePlatform());
    expect(text).toContain("Nothing is planned.");
    expect(text).toContain("## What is let pass\n\nNothing.\n");
  });
});
