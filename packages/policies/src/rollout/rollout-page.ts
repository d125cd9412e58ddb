import {
  type Document,
  type Environment,
  markdownTable,
  type Platform,
  type PolicyAction,
  type PolicyException,
  type PolicyRollout,
} from "@plinth/core";
import { isClusterScoped } from "../admission/match.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { actionIn } from "../admission/rollout.ts";
import { decidingRollouts } from "./deciding-rollout.ts";

/**
 * The state of the policies as a page: in each environment what refuses, warns and reports where, since when and who decided it; what is due next; and what is
 * let pass until when. The same on any day.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * rolloutPage(policyCatalog, platform).path; // "docs/policies/rollout.md"
 */
export function rolloutPage(policies: readonly AnyPolicy[], platform: Platform): Document {
  const sorted = policies.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return {
    path: "docs/policies/rollout.md",
    text: [
      "# What policies do where",
      "",
      "What each policy does in each environment, since when, and who decided it. What is let pass stands at the end.",
      "",
      ...platform.environments.flatMap((environment) => environmentSection(sorted, platform, environment)),
      ...nextSection(platform.policyRollouts),
      ...exceptionSection(platform.policyExceptions),
    ].join("\n"),
  };
}

const sentences: Readonly<Record<Environment["admission"]["enforce"], string>> = {
  none: "Where nobody says anything else, policies report.",
  baseline: "Where nobody says anything else, the Pod Security baseline refuses and the other policies report.",
  all: "Where nobody says anything else, policies refuse, unless they only ever report.",
};

const verbs: Readonly<Record<PolicyAction, string>> = { enforce: "refuses", warn: "warns", audit: "reports" };

interface Row {
  readonly policy: AnyPolicy;
  readonly action: PolicyAction;
  readonly rollout: PolicyRollout | undefined;
  readonly teams: readonly string[];
}

function environmentSection(policies: readonly AnyPolicy[], platform: Platform, environment: Environment): string[] {
  const rows = policies.flatMap((policy) => rowsOf(policy, platform, environment));
  return [
    `## ${environment.name}`,
    "",
    sentences[environment.admission.enforce],
    "",
    markdownTable(
      ["Policy", "Does", "Where", "Since", "Next", "Decided by"],
      rows.map((row) => [
        `[${row.policy.name}](${row.policy.name}.md)`,
        verbs[row.action],
        whereOf(row, platform),
        row.rollout?.since ?? "",
        row.rollout?.next === undefined ? "" : `${verbs[row.rollout.next.action]} from ${row.rollout.next.on} on`,
        row.rollout?.owner ?? "the environment",
      ]),
    ),
    "",
  ];
}

/** What a policy does in an environment: a row for each thing that it does, and for each rollout that says so. */
function rowsOf(policy: AnyPolicy, platform: Platform, environment: Environment): Row[] {
  const resolved = policyIn(policy, platform, environment);
  if (resolved === undefined) return [];
  if (isClusterScoped(resolved.match)) {
    const [rollout] = decidingRollouts(platform, resolved, { environment });
    return [{ policy, action: actionIn(resolved, platform, environment), rollout, teams: [] }];
  }
  const rows = new Map<string, { row: Omit<Row, "teams">; teams: string[] }>();
  for (const { name: team } of platform.teams) {
    const [rollout] = decidingRollouts(platform, resolved, { environment, team });
    const action = actionIn(resolved, platform, environment, team);
    const key = `${action} ${rollout?.name ?? ""}`;
    const known = rows.get(key);
    if (known === undefined) rows.set(key, { row: { policy, action, rollout }, teams: [team] });
    else known.teams.push(team);
  }
  return [...rows.values()].map(({ row, teams }) => ({ ...row, teams }));
}

function whereOf({ policy, teams }: Row, platform: Platform): string {
  if (isClusterScoped(policy.match)) return "the whole cluster";
  return teams.length === platform.teams.length ? "all teams" : teams.join(", ");
}

function nextSection(rollouts: readonly PolicyRollout[]): string[] {
  const planned = rollouts
    .flatMap((rollout) => (rollout.next === undefined ? [] : [{ rollout, next: rollout.next }]))
    .toSorted((one, other) => (one.next.on < other.next.on ? -1 : one.next.on > other.next.on ? 1 : 0));
  if (planned.length === 0) return ["## What is due next", "", "Nothing is planned.", ""];
  return [
    "## What is due next",
    "",
    markdownTable(
      ["Day", "Policies", "Environments", "Teams", "Now", "Then", "Owner", "Because"],
      planned.map(({ rollout, next }) => [
        next.on,
        rollout.policies === "*" ? "all" : `\`${rollout.policies}\``,
        rollout.environments?.join(", ") ?? "all",
        rollout.teams?.join(", ") ?? "all",
        verbs[rollout.action],
        verbs[next.action],
        rollout.owner,
        rollout.because ?? "",
      ]),
    ),
    "",
  ];
}

function exceptionSection(exceptions: readonly PolicyException[]): string[] {
  const sorted = exceptions.toSorted((one, other) => (one.until < other.until ? -1 : one.until > other.until ? 1 : 0));
  if (sorted.length === 0) return ["## What is let pass", "", "Nothing.", ""];
  return [
    "## What is let pass",
    "",
    markdownTable(
      ["Until", "Policy", "For", "Environments", "Because", "Ticket", "Approved by", "Owner"],
      sorted.map((exception) => [
        exception.until,
        `[${exception.policy}](${exception.policy}.md)`,
        [scopeText(exception), ...(exception.images ?? []).map((image) => `\`${image}\``)].join(", "),
        exception.environments?.join(", ") ?? "all",
        exception.because,
        exception.ticket,
        exception.approvedBy,
        exception.owner,
      ]),
    ),
    "",
  ];
}

function scopeText({ for: { service, team, resource } }: PolicyException): string {
  return [
    ...(resource === undefined ? [] : [`${resource.kind} \`${resource.name}\``]),
    ...(service === undefined ? [] : [resource === undefined ? `service \`${service}\`` : `of service \`${service}\``]),
    ...(team === undefined ? [] : [resource === undefined ? `everything of team \`${team}\`` : `of team \`${team}\``]),
  ].join(" ");
}
