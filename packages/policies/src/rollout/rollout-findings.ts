import { daysBetween, type Finding, nearestName, type Platform, type PolicyRollout } from "@plinth/core";
import { isClusterScoped } from "../admission/match.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { decidingRollouts, type RolloutPlace } from "./deciding-rollout.ts";
import { groupsOf } from "./policy-group.ts";

/**
 * What is wrong with the rollouts of a platform: names of no policy, two that say what happens in one namespace, one that decides nothing, and, for a day, what
 * is due.
 */
export function rolloutFindings(
  platform: Platform,
  policies: readonly AnyPolicy[],
  today: string | undefined,
): readonly Finding[] {
  const known = new Set(policies.flatMap(groupsOf));
  const decisions = policies.flatMap((policy) => decisionsOn(policy, platform));
  const deciding = new Set(decisions.flatMap(({ rollouts }) => rollouts));
  return [
    ...platform.policyRollouts.flatMap((rollout): Finding[] => {
      if (!known.has(rollout.policies)) return [unknownPolicies(rollout, [...known])];
      return [
        ...neverRefusing(rollout, policies),
        ...(deciding.has(rollout) ? [] : [withoutEffect(rollout, policies)]),
        ...(today === undefined ? [] : dayFindings(rollout, today)),
      ];
    }),
    ...contradictions(decisions),
  ];
}

interface Decision {
  readonly policy: AnyPolicy;
  readonly place: RolloutPlace;
  readonly rollouts: readonly PolicyRollout[];
}

/** What decides of a policy, at each place where it judges. */
function decisionsOn(policy: AnyPolicy, platform: Platform): Decision[] {
  return platform.environments.flatMap((environment) => {
    if (policyIn(policy, platform, environment) === undefined) return [];
    const places: readonly RolloutPlace[] = isClusterScoped(policy.match)
      ? [{ environment }]
      : platform.teams.map(({ name }) => ({ environment, team: name }));
    return places.map((place) => ({ policy, place, rollouts: decidingRollouts(platform, policy, place) }));
  });
}

function about(rollout: PolicyRollout, field?: string): Pick<Finding, "path" | "source"> {
  const path = `policyRollouts[${rollout.name}]`;
  return {
    ...(rollout.source === undefined ? {} : { source: rollout.source }),
    path: field === undefined ? path : `${path}.${field}`,
  };
}

function unknownPolicies(rollout: PolicyRollout, known: readonly string[]): Finding {
  const nearest = nearestName(rollout.policies, known);
  const groups = known.filter((name) => name === "*" || name.includes("/") || known.includes(`${name}/baseline`));
  return {
    code: "unknown-reference",
    severity: "error",
    ...about(rollout, "policies"),
    message: `there is neither a policy nor a category ${JSON.stringify(rollout.policies)}`,
    expected: `the name of a policy, a category, or one of ${[...groups].sort().join(", ")}`,
    example: JSON.stringify(nearest ?? "pod-security/baseline"),
    ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
  };
}

/** A policy that is named alone and never refuses. A whole category may hold some: they report. */
function neverRefusing(rollout: PolicyRollout, policies: readonly AnyPolicy[]): Finding[] {
  const policy = policies.find(({ name }) => name === rollout.policies);
  if (policy?.auditOnly !== true) return [];
  const refusing = [
    ...(rollout.action === "enforce" ? ["action"] : []),
    ...(rollout.next?.action === "enforce" ? ["next.action"] : []),
  ];
  return refusing.map((field) => ({
    code: "conflicting-fields",
    severity: "error",
    ...about(rollout, field),
    message: `${policy.name} never refuses: there are good reasons to do what it finds fault with`,
    expected: "audit or warn",
    example: `action: "warn"`,
  }));
}

function withoutEffect(rollout: PolicyRollout, policies: readonly AnyPolicy[]): Finding {
  const named = policies.filter((policy) => groupsOf(policy).includes(rollout.policies));
  const cluster = rollout.teams !== undefined && named.every(({ match }) => isClusterScoped(match));
  return {
    code: "without-effect",
    severity: "error",
    ...about(rollout, cluster ? "teams" : undefined),
    message: cluster
      ? `${rollout.policies} is about objects that are in no namespace, and so in no team's`
      : `${rollout.policies} judges nothing there, or narrower rollouts say what it does`,
    expected: cluster ? "no teams" : "environments and teams of which no other rollout speaks more narrowly",
    hint: cluster ? "leave teams out" : "remove the entry",
  };
}

function dayFindings(rollout: PolicyRollout, today: string): Finding[] {
  const { action, next, since } = rollout;
  const findings: Finding[] = [];
  if (since !== undefined && daysBetween(today, since) > 0)
    findings.push({
      code: "conflicting-fields",
      severity: "warning",
      ...about(rollout, "since"),
      message: `${action} is what is rendered today, and says that it holds since ${since}`,
      expected: "a day that is not in the future, or the present action with this one as the next",
      example: `next: { action: ${JSON.stringify(action)}, on: ${JSON.stringify(since)} }`,
    });
  if (next === undefined) return findings;
  const late = daysBetween(next.on, today);
  if (late >= 0)
    findings.push({
      code: "expired",
      severity: "warning",
      ...about(rollout, "next"),
      message: `${next.action} instead of ${action} is due ${late === 0 ? "today" : `since ${next.on}`}: ask ${rollout.owner}`,
      expected: `${next.action} as the present action, or a later day`,
      example: `action: ${JSON.stringify(next.action)}, since: ${JSON.stringify(today)}`,
    });
  return findings;
}

/** Rollouts that say what happens in one place, neither more narrowly than the other: once for each pair. */
function contradictions(decisions: readonly Decision[]): Finding[] {
  const pairs = new Map<
    string,
    { readonly decision: Decision; readonly pair: readonly [PolicyRollout, PolicyRollout] }
  >();
  for (const decision of decisions) {
    const [first, ...others] = decision.rollouts;
    if (first === undefined) continue;
    for (const other of others) {
      const key = `${first.name} ${other.name}`;
      if (!pairs.has(key)) pairs.set(key, { decision, pair: [first, other] });
    }
  }
  return [...pairs.values()].map(({ decision: { policy, place }, pair: [first, other] }) => {
    const where = place.team === undefined ? place.environment.name : `${place.environment.name}, team ${place.team}`;
    return {
      code: "conflicting-fields",
      severity: "error",
      ...about(other),
      message: `${first.name} and ${other.name} both say what ${policy.name} does in ${where}: ${first.action} and ${other.action}`,
      expected: "one rollout for each namespace, or one that is narrower: a policy, a team, an environment",
      example: `policies: ${JSON.stringify(policy.name)}`,
    };
  });
}
