import type { Environment, Platform } from "@plinth/core";
import type { Identity } from "../cluster/api-connection.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import { type Actor, acts, groupsOfActors } from "./rbac-acts-table.ts";
import { stored } from "./rbac-cluster.ts";
import { type Trials, tried } from "./rbac-trials.ts";

/** The people who try: each in one group, with a token of their own. */
export function peopleOf(platform: Platform): readonly Identity[] {
  return [...groupsOfActors(platform)].map(([actor, group]) => ({ user: userNamed(actor), groups: [group] }));
}

function userNamed(actor: Actor): string {
  return actor.replaceAll(" ", "-");
}

/**
 * People log in with tokens of their own and try: what a review only says, a request does.
 */
export async function actFindings(cluster: Cluster, { teams }: Platform, environment: Environment): Promise<Trials> {
  const [team] = teams;
  if (team === undefined) return { asked: 0, findings: [] };
  await somethingToFind(cluster, team.namespace);
  return await tried(
    cluster,
    acts.flatMap((act) =>
      act.by.map((actor) => ({
        who: `${environment.name}: a ${actor}`,
        act: `${act.words} in ${team.namespace}`,
        request: { ...act.request(team.namespace), token: cluster.tokenOf(userNamed(actor)) },
        allowed: act.allowed?.(environment) ?? false,
      })),
    ),
  );
}

async function somethingToFind(cluster: Cluster, namespace: string): Promise<void> {
  await stored(cluster, { apiVersion: "v1", kind: "Secret", metadata: { name: "credentials", namespace } });
  // Only apply says what a namespace misses; the objects of the foundation are there already where RBAC alone was applied.
  const apiVersion = "networking.k8s.io/v1";
  await stored(cluster, {
    apiVersion,
    kind: "NetworkPolicy",
    metadata: { name: "default-deny", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  });
  await stored(cluster, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: namespace, namespace },
    spec: { hard: { pods: "100" } },
  });
  await waitFor(`the default account of ${namespace}`, () =>
    cluster.get({ apiVersion: "v1", kind: "ServiceAccount", name: "default", namespace }),
  );
  await stored(cluster, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "first-pod", namespace },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "main",
          image: "example.com/app:1.0",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  });
}
