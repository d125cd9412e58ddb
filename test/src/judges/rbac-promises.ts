import type { Environment, Platform } from "@plinth/core";
import { developerBase, type PolicyRule, rulesOf, uncoveredRules } from "@plinth/rbac";
import { rbacGroup } from "./rbac-cluster.ts";
import { groupsOf } from "./rbac-questions.ts";

/** Somebody who has been given something, or nobody in particular. */
export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
  readonly role:
    | "viewer"
    | "developer"
    | "admin"
    | "platform viewer"
    | "platform operator"
    | "platform admin"
    | "stranger";
  /** The team's namespace. */
  readonly home?: string;
}

/** A sentence about people, in namespaces, that a rule can break, or that only a rule can keep. */
export interface Promised {
  readonly words: string;
  readonly to: readonly Person["role"][];
  readonly where: "at home" | "elsewhere" | "everywhere";
  /** In which environments. @default all */
  readonly when?: (environment: Environment) => boolean;
  readonly never?: (rule: PolicyRule) => boolean;
  readonly always?: (rule: PolicyRule) => boolean;
}

const reading = ["get", "list", "watch"];
/** What everybody of a team sees of the cluster: nothing of it lies in a namespace. */
const clusterWide = rulesOf(developerBase);
const team = ["viewer", "developer", "admin"] as const;

/** What the platform says of people, read off what the server says that they may. */
export const promises: readonly Promised[] = [
  {
    words: "reads no Secret",
    to: [...team, "platform viewer", "platform operator", "stranger"],
    where: "everywhere",
    never: (rule) => grants(rule, "", ["secrets"]),
  },
  {
    words: "enters no pod in production",
    to: [...team, "platform viewer", "platform operator", "platform admin", "stranger"],
    where: "everywhere",
    when: ({ production }) => production,
    never: (rule) =>
      grants(rule, "", ["pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers", "pods/proxy"]),
  },
  {
    words: "changes nothing",
    to: ["viewer", "platform viewer", "stranger"],
    where: "everywhere",
    never: ({ verbs }) => verbs.some((verb) => !reading.includes(verb)),
  },
  {
    words: "leaves the namespace, its limits and its network policies alone",
    to: team,
    where: "at home",
    never: (rule) =>
      rule.verbs.some((verb) => !reading.includes(verb)) &&
      (grants(rule, "", ["namespaces", "resourcequotas", "limitranges"]) ||
        grants(rule, "networking.k8s.io", ["networkpolicies"])),
  },
  {
    words: "gives nobody more than it has",
    to: [...team, "platform viewer", "platform operator", "stranger"],
    where: "everywhere",
    never: ({ verbs }) => ["bind", "escalate", "impersonate", "*"].some((verb) => verbs.includes(verb)),
  },
  {
    words: "sees what belongs to no namespace, and has nothing outside of its own",
    to: team,
    where: "elsewhere",
    never: (rule) => uncoveredRules(clusterWide, [rule]).length > 0,
  },
  {
    words: "leaves roles, bindings, quotas, policies and Secrets alone",
    to: ["platform operator"],
    where: "everywhere",
    never: (rule) =>
      rule.verbs.some((verb) => !reading.includes(verb)) &&
      (grants(rule, "", ["namespaces", "resourcequotas", "limitranges", "secrets", "serviceaccounts"]) ||
        grants(rule, rbacGroup, ["roles", "rolebindings", "clusterroles", "clusterrolebindings"]) ||
        grants(rule, "networking.k8s.io", ["networkpolicies"]) ||
        grants(rule, "policies.kyverno.io", ["validatingpolicies", "policyexceptions"])),
  },
  {
    words: "reads Secrets",
    to: ["platform admin"],
    where: "everywhere",
    always: (rule) => grants(rule, "", ["secrets"], "get"),
  },
  { words: "has nothing", to: ["stranger"], where: "everywhere", never: () => true },
  { words: "sees pods", to: team, where: "at home", always: (rule) => grants(rule, "", ["pods"], "list") },
  {
    words: "sees pods",
    to: ["platform viewer"],
    where: "everywhere",
    always: (rule) => grants(rule, "", ["pods"], "list"),
  },
  {
    words: "reads logs",
    to: ["developer", "admin"],
    where: "at home",
    always: (rule) => grants(rule, "", ["pods/log"], "get"),
  },
  {
    words: "ships where developers write by hand",
    to: ["developer", "admin"],
    where: "at home",
    when: ({ access }) => access.writers === "developers",
    always: (rule) => grants(rule, "apps", ["deployments"], "patch"),
  },
  {
    words: "leaves what runs to delivery, but for its scale, where only delivery writes",
    to: ["developer", "admin"],
    where: "at home",
    when: ({ access }) => access.writers === "delivery",
    never: (rule) =>
      rule.verbs.some((verb) => !reading.includes(verb)) &&
      (grants(rule, "apps", ["deployments", "statefulsets", "daemonsets"]) ||
        grants(rule, "argoproj.io", ["rollouts"]) ||
        grants(rule, "", ["configmaps"])),
  },
  {
    words: "sees who may do what",
    to: ["admin"],
    where: "at home",
    always: (rule) => grants(rule, rbacGroup, ["rolebindings"], "list"),
  },
];

/** Everybody whom the promises are about. */
export function personsOf({ teams, groups }: Platform): readonly Person[] {
  return [
    ...teams.flatMap((owner) =>
      groupsOf(owner).map(
        (group, index): Person => ({
          name: group,
          groups: [group],
          role: team[index] ?? "viewer",
          home: owner.namespace,
        }),
      ),
    ),
    { name: groups.viewers, groups: [groups.viewers], role: "platform viewer" },
    { name: groups.operators, groups: [groups.operators], role: "platform operator" },
    { name: groups.admins, groups: [groups.admins], role: "platform admin" },
    { name: "anybody who is logged in", groups: [], role: "stranger" },
  ];
}

/** True when the promise speaks of the namespace. */
export function isWhere({ where }: Promised, { home }: Person, namespace: string): boolean {
  return where === "everywhere" || (where === "at home") === (namespace === home);
}

/** The rules that break the promise; `undefined` stands for the one that is missing. */
export function breaking(
  { never, always }: Promised,
  rules: readonly PolicyRule[],
): readonly (PolicyRule | undefined)[] {
  if (never !== undefined) return rules.filter(never);
  return always !== undefined && !rules.some(always) ? [undefined] : [];
}

/** True when the rule is about one of the resources, whatever its names, and about the verb, where one is asked for. */
function grants(
  { apiGroups = [], resources = [], verbs }: PolicyRule,
  group: string,
  asked: readonly string[],
  verb?: string,
): boolean {
  const about = asked.some((resource) => {
    const everyOfItsKind = `*${resource.includes("/") ? resource.slice(resource.indexOf("/")) : ""}`;
    return resources.includes(resource) || resources.includes(everyOfItsKind) || resources.includes("*");
  });
  const inGroup = apiGroups.includes(group) || apiGroups.includes("*");
  return about && inGroup && (verb === undefined || verbs.includes(verb) || verbs.includes("*"));
}
