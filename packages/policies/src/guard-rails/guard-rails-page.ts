import type { Document, Environment, Platform } from "@plinth/core";
import { messageOf } from "../admission/policy.ts";
import type { GuardRail } from "./guard-rail.ts";

/** The page for whoever was refused: what each rail refuses, why, and what to do instead. */
export function guardRailsPage(
  platform: Platform,
  railsIn: (environment: Environment) => readonly GuardRail[],
): Document {
  const environmentsOf = new Map<string, string[]>();
  const rails = new Map<string, GuardRail>();
  for (const environment of platform.environments)
    for (const rail of railsIn(environment)) {
      rails.set(rail.name, rail);
      environmentsOf.set(rail.name, [...(environmentsOf.get(rail.name) ?? []), environment.name]);
    }
  const lines = [
    "# Guard rails",
    "",
    "Policies of the API server itself: they hold while Kyverno is down, and for those whom RBAC lets do everything.",
    "Policies of this kind guard everything but themselves: the API server never asks policies about policies, so those are kept by RBAC alone.",
    "",
    "| Rail | Severity | Holds in |",
    "| --- | --- | --- |",
    ...[...rails.values()].map(({ name, title, severity }) => {
      const names = environmentsOf.get(name) ?? [];
      const where = names.length === platform.environments.length ? "every environment" : names.join(", ");
      return `| [${title}](#${name}) | ${severity} | ${where} |`;
    }),
    ...[...rails.values()].flatMap(sectionOf),
  ];
  return { path: "docs/policies/guard-rails.md", text: `${lines.join("\n")}\n` };
}

function sectionOf(rail: GuardRail): readonly string[] {
  const refused = rail.attempts.filter(({ offenders }) => offenders !== undefined);
  const passed = rail.attempts.filter(({ offenders }) => offenders === undefined);
  const [first] = refused;
  return [
    "",
    `## ${rail.name}`,
    "",
    `${rail.title}. ${rail.why} ${rail.fix}`,
    ...(refused.length === 0 ? [] : ["", "Refused:", "", ...sentencesOf(refused)]),
    ...(passed.length === 0 ? [] : ["", "Let through:", "", ...sentencesOf(passed)]),
    ...(first?.offenders === undefined
      ? []
      : ["", "What is answered:", "", "```text", messageOf(rail, first.offenders), "```"]),
  ];
}

function sentencesOf(attempts: GuardRail["attempts"]): readonly string[] {
  return [...new Set(attempts.map(({ by, what }) => `- ${names[by]} ${what}`))];
}

const names: Readonly<Record<GuardRail["attempts"][number]["by"], string>> = {
  "break-glass": "Break-glass",
  "cluster-admin": "A cluster-admin",
  "last-resort": "A member of system:masters",
  "namespace-controller": "Kubernetes",
  "platform-admin": "An admin of the platform",
  delivery: "Argo CD",
  kyverno: "Kyverno",
};
