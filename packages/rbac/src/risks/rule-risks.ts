import { grantReader } from "../authorizer/rule-grants.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";
import type { Risk, RulePattern, WildcardPattern } from "./risk.ts";
import { risks } from "./risks.ts";

interface RuleRisk {
  readonly risk: Risk;
  readonly pattern: RulePattern;
}

const granted = grantReader(
  risks.flatMap((risk) => {
    const { pattern } = risk;
    return pattern.in === "rule" ? [{ name: { risk, pattern } satisfies RuleRisk, anyOf: pattern.anyOf }] : [];
  }),
);
const wildcardRisks = risks.flatMap((risk) =>
  risk.pattern.in === "wildcard" ? [{ risk, field: risk.pattern.field }] : [],
);

// The rules of a role are read once, and asked about for each environment that has the role.
const known = new WeakMap<PolicyRule, readonly Risk[]>();

/** The risks that a rule carries, wherever it is bound. A rule that allows everything with everything carries that one alone. */
export function ruleRisks(rule: PolicyRule): readonly Risk[] {
  const carried = known.get(rule) ?? readRisks(rule);
  known.set(rule, carried);
  return carried;
}

function readRisks(rule: PolicyRule): readonly Risk[] {
  const found = wildcardRisks.filter(({ field }) => wildcards[field](rule));
  const everything = found.find(({ field }) => field === "everything");
  if (everything !== undefined) return [everything.risk];
  return [
    ...found.map(({ risk }) => risk),
    ...granted(rule)
      .filter(({ pattern }) => isNamedAs(pattern.named, rule))
      .map(({ risk }) => risk),
  ];
}

const wildcards: Readonly<Record<WildcardPattern["field"], (rule: PolicyRule) => boolean>> = {
  everything: ({ apiGroups = [], resources = [], resourceNames = [], verbs }) =>
    verbs.includes("*") && apiGroups.includes("*") && resources.includes("*") && resourceNames.length === 0,
  verbs: ({ verbs }) => verbs.includes("*"),
  apiGroups: ({ apiGroups = [] }) => apiGroups.includes("*"),
  resources: ({ resources = [] }) => resources.some((resource) => resource === "*" || resource.startsWith("*/")),
  nonResourceURLs: ({ nonResourceURLs = [] }) => nonResourceURLs.some((path) => /^\/?\*+$/.test(path)),
};

function isNamedAs(named: RulePattern["named"], { resourceNames = [] }: PolicyRule): boolean {
  if (named === undefined) return true;
  if (named === "never") return resourceNames.length === 0;
  if (named === "only") return resourceNames.length > 0;
  return resourceNames.length === 0 || resourceNames.some((name) => named.includes(name));
}
