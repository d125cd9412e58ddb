import type { ServiceInput, TeamInput } from "@plinth/core";
import { exampleQuota, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { type Edit, modelEdits, production, service, team } from "../whole/model-edits.fixture.ts";

const search: ServiceInput = {
  name: "search",
  team: "backend",
  description: "Finds what is asked for",
  tier: "high",
  language: "go",
  ports: { grpc: { port: 5051, protocol: "grpc" } },
};

function onlyInProduction(input: TeamInput): TeamInput {
  return { ...input, quotas: { production: exampleQuota } };
}

const { told, unmirrored } = modelEdits(
  "tenancy",
  "priority-classes",
  "service-telemetry",
  "service-monitors",
  "service-level-objectives",
  "workload-identity",
  "delivery",
  "otel-gateway",
  "otel-gateway-sampling",
  "alert-rules",
  "alert-routing",
);

const edits: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    "a service comes",
    (input) => ({ ...input, services: [...(input.services ?? []), search] }),
    ["service-added (backend/search): service search comes"],
  ],
  [
    "a service goes",
    (input) => ({ ...input, services: (input.services ?? []).filter(({ name }) => name !== "mailer") }),
    ["service-removed (backend/mailer): service mailer goes"],
  ],
  [
    "a service changes hands",
    service("mailer", { team: "frontend" }),
    ["service-changed-team (mailer): service mailer belongs to frontend, not to backend"],
  ],
  [
    "a service matters more",
    service("mailer", { tier: "medium" }),
    [
      "alert-more-sensitive (backend/mailer): HighErrorRate fires above 10 %, not above 20 %: more sensitive",
      "alert-waits-less (backend/mailer): HighErrorRate fires after 15 min, not after 30 min",
      "alert-waits-less (backend/mailer): HighLatency fires after 30 min, not after 1 h",
      "service-tier-raised (backend/mailer): service mailer is of the tier medium, not low",
    ],
  ],
  [
    "a team comes",
    (input) => ({ ...input, teams: [...input.teams, onlyInProduction(exampleTeam("search"))] }),
    ["team-added (search): team search comes"],
  ],
  [
    "what is merged is applied",
    production(() => ({ delivery: { sync: "automatic" } })),
    ["sync-automated: every application is synced by itself"],
  ],
  [
    "a team may use less of one thing, and more of another",
    team("backend", { quotas: { production: { ...exampleQuota, cpu: "10", memory: "60Gi" } } }),
    [
      "quota-lowered (backend): quota of team-backend shrinks: requests.cpu 20 → 10 (-50 %)",
      "quota-raised (backend): quota of team-backend grows: limits.memory 40Gi → 60Gi (+50 %) and requests.memory 40Gi → 60Gi (+50 %)",
    ],
  ],
  [
    "a team goes, with its services",
    (input) => ({
      ...input,
      teams: input.teams.filter(({ name }) => name !== "frontend"),
      services: (input.services ?? []).filter((each) => each.team !== "frontend"),
    }),
    ["team-removed (frontend): team frontend goes"],
  ],
  [
    "the repository is another one",
    (input) => ({ ...input, repository: { url: "https://git.example.com/shop/other" } }),
    [
      "alert-links-changed: many alerts lead to another runbook",
      "delivery-source-changed: every application reads the repository https://git.example.com/shop/other, not https://git.example.com/shop/platform",
      "objective-alert-changed: many objectives have alerts with other labels or links",
    ],
  ],
];

describe("Consequences for delivery", () => {
  test.each(edits)("%s", (_, edit, said) => {
    expect(told(edit)).toEqual(said);
    expect(unmirrored(edit)).toEqual([]);
  });
});
