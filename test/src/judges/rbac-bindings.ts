import type { Environment, Finding, Platform } from "@plinth/core";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { rbacGroup, rbacVersion } from "./rbac-cluster.ts";
import { groupsOf, personIn } from "./rbac-questions.ts";

// Roles of Kubernetes' own that give more than any person of a team has, and of Plinth's that reach further than a namespace.
const beyondReach = ["cluster-admin", "admin", "edit", "platform-viewer", "platform-operator", "platform-admin"];
const withinReach = ["namespace-viewer", "namespace-developer", "namespace-admin"];

/**
 * Nobody of a team can give away more than it has: the API server refuses the binding itself. Where people write by hand, an admin may give what it has.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 */
export async function bindingFindings(
  cluster: Cluster,
  { teams }: Platform,
  { name, access }: Environment,
): Promise<{ asked: number; findings: readonly Finding[] }> {
  const unexpected: Gift[] = [];
  let asked = 0;
  for (const team of teams) {
    for (const group of groupsOf(team)) {
      const isAdmin = group === team.groups.admins;
      for (const role of isAdmin ? [...beyondReach, ...withinReach] : beyondReach) {
        const mayBind = isAdmin && access.writers === "developers" && withinReach.includes(role);
        asked++;
        const answer = await cluster.create(bindingTo(role, team.namespace), { dryRun: true, as: personIn(group) });
        if (answer.accepted ? mayBind : !mayBind && answer.status === 403) continue;
        const said = answer.accepted ? "accepted" : `answered with: ${answer.message}`;
        unexpected.push({ role, by: `${group} in ${team.namespace}`, said, mayBind });
      }
    }
  }
  // One mistake in a role shows in every team.
  const findings = [...Map.groupBy(unexpected, ({ role, mayBind }) => `${role} ${mayBind}`).values()].map((gifts) => {
    const { role = "", said = "", mayBind = false } = gifts[0] ?? {};
    return {
      code: "rejected-by-judge",
      severity: "error",
      message: `${name}: a RoleBinding to ${role} by ${gifts.map(({ by }) => by).join(", ")} is ${said}`,
      expected: mayBind ? "accepted: it gives what the admins have" : "refused",
    } satisfies Finding;
  });
  return { asked, findings };
}

interface Gift {
  readonly role: string;
  readonly by: string;
  readonly said: string;
  readonly mayBind: boolean;
}

function bindingTo(role: string, namespace: string): KubernetesObject {
  return {
    apiVersion: rbacVersion,
    kind: "RoleBinding",
    metadata: { name: "gift", namespace },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: role },
    subjects: [{ kind: "User", apiGroup: rbacGroup, name: "friend" }],
  };
}
