import type { Platform, Resource } from "@plinth/core";
import { type AccessRequest, type Subject, serviceAccountNamed } from "@plinth/rbac";
import { fieldAt } from "../cluster/kubernetes-object.ts";

/** Somebody asks for something. */
export interface Question {
  readonly subject: Subject;
  readonly request: AccessRequest;
}

/** A person who is logged in, and in these groups. The name is nobody's: only the groups matter. */
export function personIn(...groups: readonly string[]): Subject {
  return { user: "somebody", groups: [...groups, "system:authenticated"] };
}

/** The groups of a team, in the order of what they may. */
export function groupsOf(team: Platform["teams"][number]): readonly string[] {
  return [team.groups.viewers, team.groups.developers, team.groups.admins];
}

// What a scanner of RBAC looks for, what the roles grant, and what lies beside it.
const operations: readonly (readonly [resource: string, apiGroup: string, verbs: string])[] = [
  ["pods", "", "get create delete deletecollection"],
  ["pods/log", "", "get"],
  ["pods/exec", "", "get create"],
  ["pods/attach", "", "create"],
  ["pods/portforward", "", "create"],
  ["pods/ephemeralcontainers", "", "patch"],
  ["pods/eviction", "", "create"],
  ["secrets", "", "get list create"],
  ["configmaps", "", "list update"],
  ["serviceaccounts", "", "get create impersonate"],
  ["serviceaccounts/token", "", "create"],
  ["namespaces", "", "get patch"],
  ["resourcequotas", "", "get update"],
  ["limitranges", "", "delete"],
  ["nodes", "", "list"],
  ["nodes/proxy", "", "get"],
  ["nodes/stats", "", "get"],
  ["deployments", "apps", "watch patch"],
  ["deployments/scale", "apps", "patch"],
  ["jobs", "batch", "create"],
  ["networkpolicies", "networking.k8s.io", "get create"],
  ["roles", "rbac.authorization.k8s.io", "get create escalate"],
  ["rolebindings", "rbac.authorization.k8s.io", "update"],
  ["clusterroles", "rbac.authorization.k8s.io", "get bind"],
  ["clusterrolebindings", "rbac.authorization.k8s.io", "create"],
  ["applications", "argoproj.io", "get"],
  ["rollouts/status", "argoproj.io", "patch"],
  ["prometheusrules", "monitoring.coreos.com", "create"],
  ["servicemonitors", "monitoring.coreos.com", "create"],
  ["prometheusservicelevels", "sloth.slok.dev", "get"],
  ["externalsecrets", "external-secrets.io", "get create"],
  ["policyexceptions", "policies.kyverno.io", "create"],
  ["*", "*", "*"],
];
const paths = ["/metrics", "/healthz", "/logs/kubelet"];

/** Every group and account that the platform names, and a stranger, in its own namespace, in another team's, in the cluster's and in none. */
export function questionsOf(platform: Platform, rendered: readonly Resource[]): readonly Question[] {
  return askers(platform, rendered).flatMap(({ subject, namespaces }) => [
    ...[...new Set(namespaces)].flatMap((namespace) =>
      operations.flatMap(([resource, apiGroup, verbs]) =>
        verbs.split(" ").map((verb) => ({
          subject,
          request: { verb, apiGroup, resource, ...(namespace === undefined ? {} : { namespace }) },
        })),
      ),
    ),
    ...paths.map((path) => ({ subject, request: { verb: "get", path } })),
  ]);
}

interface Asker {
  readonly subject: Subject;
  /** `undefined`: all namespaces, or none. */
  readonly namespaces: readonly (string | undefined)[];
}

function askers({ teams, groups, services }: Platform, rendered: readonly Resource[]): readonly Asker[] {
  const homes: readonly string[] = teams.map(({ namespace }) => namespace);
  const [firstHome = "default"] = homes;
  const around = (home: string): readonly (string | undefined)[] => {
    const another = homes[(homes.indexOf(home) + 1) % homes.length];
    return [home, ...(another === undefined ? [] : [another]), "kube-system", undefined];
  };
  const accounts = new Map(
    [...accountsIn(rendered), ...services.slice(0, 1).map(({ name, team }) => ({ name, namespace: homeOf(team) }))].map(
      ({ name, namespace }) => [`${namespace}/${name}`, { name, namespace }],
    ),
  );
  function homeOf(name: string): string {
    return teams.find((team) => team.name === name)?.namespace ?? firstHome;
  }
  return [
    ...teams.flatMap((team) =>
      groupsOf(team).map((group) => ({ subject: personIn(group), namespaces: around(team.namespace) })),
    ),
    ...[...accounts.values()].map(({ name, namespace }) => ({
      subject: serviceAccountNamed(name, namespace),
      namespaces: around(namespace),
    })),
    ...[personIn(groups.admins), personIn(groups.viewers), personIn()].map((subject) => ({
      subject,
      namespaces: around(firstHome),
    })),
  ];
}

/** ServiceAccounts to which a rendered binding gives something. */
function accountsIn(rendered: readonly Resource[]): readonly { name: string; namespace: string }[] {
  return rendered.flatMap((resource) => {
    const subjects = fieldAt(resource, "subjects");
    return (Array.isArray(subjects) ? subjects : []).flatMap((subject: unknown) => {
      const name = fieldAt(subject, "name");
      const namespace = fieldAt(subject, "namespace") ?? resource.metadata.namespace;
      return fieldAt(subject, "kind") === "ServiceAccount" && typeof name === "string" && typeof namespace === "string"
        ? [{ name, namespace }]
        : [];
    });
  });
}
