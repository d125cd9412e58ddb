import type { Environment, Platform } from "@plinth/core";
import { deliveryNamespace, ownProjectName, renderedProjectName, serviceAccountNamed } from "@plinth/rbac";
import type { ApiRequest, Identity } from "../cluster/api-connection.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { rbacGroup, rbacVersion } from "./rbac-cluster.ts";
import { tokenOf } from "./rbac-services.ts";
import { type Trial, type Trials, tried } from "./rbac-trials.ts";

/** What a sync may create in the namespace of its project, and what it may not. */
const creations: readonly {
  readonly what: string;
  readonly path: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly by: readonly ("rendered" | "own")[];
}[] = [
  {
    what: "a Deployment",
    path: "/apis/apps/v1/namespaces/NAMESPACE/deployments",
    object: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      spec: {
        selector: { matchLabels: { app: "tried" } },
        template: {
          metadata: { labels: { app: "tried" } },
          spec: { containers: [{ name: "main", image: "example.com/app:1.0" }] },
        },
      },
    },
    by: ["own", "rendered"],
  },
  {
    what: "a NetworkPolicy",
    path: "/apis/networking.k8s.io/v1/namespaces/NAMESPACE/networkpolicies",
    object: { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", spec: { podSelector: {} } },
    by: ["rendered"],
  },
  {
    what: "a ServiceAccount",
    path: "/api/v1/namespaces/NAMESPACE/serviceaccounts",
    object: { apiVersion: "v1", kind: "ServiceAccount" },
    by: ["rendered"],
  },
  {
    what: "a Secret",
    path: "/api/v1/namespaces/NAMESPACE/secrets",
    object: { apiVersion: "v1", kind: "Secret" },
    by: [],
  },
  {
    what: "a ResourceQuota",
    path: "/api/v1/namespaces/NAMESPACE/resourcequotas",
    object: { apiVersion: "v1", kind: "ResourceQuota", spec: { hard: { pods: "1000" } } },
    by: [],
  },
  {
    what: "a RoleBinding",
    path: `/apis/${rbacVersion}/namespaces/NAMESPACE/rolebindings`,
    object: {
      apiVersion: rbacVersion,
      kind: "RoleBinding",
      roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: "namespace-viewer" },
      subjects: [{ apiGroup: rbacGroup, kind: "User", name: "somebody" }],
    },
    by: [],
  },
];

/**
 * Syncs run as the account of their project: they create what the project delivers, in its namespace, and nothing else; and Argo CD's server, by its own token,
 * acts as these accounts and as nobody else.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/app-sync-using-impersonation/
 */
export async function deliveryFindings(
  cluster: Cluster,
  platform: Platform,
  environment: Environment,
): Promise<Trials> {
  const trials: Trial[] = [];
  const expectThat = (who: string, act: string, request: ApiRequest, allowed: boolean): void => {
    trials.push({ who: `${environment.name}: ${who}`, act, request, allowed });
  };
  const argoCd = deliveryNamespace(platform);
  const [first] = platform.teams;
  const withRepositories = platform.teams.filter(({ repositories }) => repositories.length > 0);
  const projects = [
    ...(first === undefined ? [] : [{ team: first, kind: "rendered" as const, name: renderedProjectName(first) }]),
    ...withRepositories.map((team) => ({ team, kind: "own" as const, name: ownProjectName(team) })),
  ];
  const server = await tokenOf(cluster, "argocd-server", argoCd);
  for (const { team, kind, name } of projects) {
    const account: Identity = identityOf(name, argoCd);
    const elsewhere = platform.teams.find((other) => other !== team);
    for (const { what, path, object, by } of creations) {
      const create = (namespace: string): ApiRequest => ({
        method: "POST",
        path: `${path.replace("NAMESPACE", namespace)}?dryRun=All`,
        body: { ...object, metadata: { name: "tried", namespace } },
        as: account,
      });
      expectThat(`a sync of ${name}`, `create ${what} in ${team.namespace}`, create(team.namespace), by.includes(kind));
      if (elsewhere !== undefined)
        expectThat(`a sync of ${name}`, `create ${what} in ${elsewhere.namespace}`, create(elsewhere.namespace), false);
    }
    const see: ApiRequest = {
      method: "GET",
      path: `/apis/apps/v1/namespaces/${team.namespace}/deployments`,
      token: server,
    };
    expectThat("argocd-server", `act as ${name}`, { ...see, as: account }, true);
    expectThat(
      "argocd-server",
      "act as an administrator",
      { ...see, as: { user: "admin", groups: ["system:masters"] } },
      false,
    );
    expectThat(
      "argocd-server",
      `act as an account of ${team.namespace}`,
      { ...see, as: identityOf("default", team.namespace) },
      false,
    );
  }
  return await tried(cluster, trials);
}

function identityOf(name: string, namespace: string): Identity {
  // The API server adds an account's own groups to whoever is impersonated as one.
  return { user: serviceAccountNamed(name, namespace).user };
}
