import type { Finding } from "@plinth/core";
import { type PolicyRule, uncoveredRules } from "@plinth/rbac";
import fc from "fast-check";
import type { Cluster } from "../cluster/start-cluster.ts";
import { authorizerKnowsAll, rbacGroup, rbacVersion, rulesFor, stored } from "./rbac-cluster.ts";
import { inParallel } from "./rbac-comparison.ts";
import { personIn } from "./rbac-questions.ts";
import { clusterRule } from "./rbac-random-rules.ts";

const holders = 10;
const rolesOfEach = 12;

// Without it the question would end before it is asked.
const mayWriteRoles: PolicyRule = { apiGroups: [rbacGroup], resources: ["clusterroles"], verbs: ["create"] };
const heldRules = fc.array(clusterRule, { minLength: 1, maxLength: 4 });
/** Rules to ask for: half of them are those that are held, with one verb. */
const wantedRules = (held: readonly PolicyRule[]): fc.Arbitrary<PolicyRule[]> =>
  fc.array(
    fc.oneof(
      clusterRule,
      fc
        .tuple(fc.constantFrom(...held), fc.constantFrom("get", "list", "create", "*"))
        .map(([rule, verb]): PolicyRule => ({ ...rule, verbs: [verb] })),
    ),
    { minLength: 1, maxLength: 2 },
  );

/**
 * Who may write ClusterRoles may write one with no more than it holds: `uncoveredRules` finds exactly the roles that the API server refuses.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update
 */
export async function escalationFindings(
  cluster: Cluster,
  seed: number,
  signal: AbortSignal,
): Promise<{ asked: number; findings: readonly Finding[] }> {
  const held = fc.sample(heldRules, { seed, numRuns: holders }).map((rules, number) => ({
    group: `holder-${number}`,
    rules: [mayWriteRoles, ...rules],
  }));
  for (const { group: name, rules } of held) {
    await stored(cluster, { apiVersion: rbacVersion, kind: "ClusterRole", metadata: { name }, rules });
    await stored(cluster, {
      apiVersion: rbacVersion,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name },
      subjects: [{ kind: "Group", apiGroup: rbacGroup, name }],
    });
  }
  await authorizerKnowsAll(cluster);
  const everybody = await rulesFor(cluster, personIn(), "default");
  const findings: Finding[] = [];
  let refused = 0;
  const asked = held.flatMap(({ group, rules }) =>
    fc.sample(wantedRules(rules), { seed, numRuns: rolesOfEach }).map((wanted) => ({ group, rules, wanted })),
  );
  await inParallel(asked, signal, async ({ group, rules, wanted }) => {
    const answer = await cluster.create(
      { apiVersion: rbacVersion, kind: "ClusterRole", metadata: { name: "wanted" }, rules: wanted },
      { dryRun: true, as: personIn(group) },
    );
    if (!answer.accepted) refused++;
    const covered = mayEscalate(rules) || uncoveredRules([...everybody, ...rules], wanted).length === 0;
    if (answer.accepted === covered && (answer.accepted || answer.status === 403)) return;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: `who holds ${JSON.stringify(rules)} and writes ${JSON.stringify(wanted)} is ${answer.accepted ? "let through" : `answered with: ${answer.message}`} (seed ${seed})`,
      expected: `what uncoveredRules says: ${covered ? "let through" : "refused"}`,
    });
  });
  if (refused === 0 || refused === asked.length)
    findings.push({
      code: "tool-failed",
      severity: "error",
      message: `of ${asked.length} roles the API server refuses ${refused}: the one half was not tried (seed ${seed})`,
    });
  return { asked: asked.length, findings };
}

/** True for who may do everything to everything, `escalate` too: the API server does not even look at the rules. */
function mayEscalate(rules: readonly PolicyRule[]): boolean {
  return rules.some(({ apiGroups = [], resources = [], resourceNames = [], verbs }) =>
    [apiGroups.includes("*"), resources.includes("*"), verbs.includes("*"), resourceNames.length === 0].every(Boolean),
  );
}
