import { fieldAt, listAt, type Platform, type Resource } from "@plinth/core";
import { type AccessRequest, type Subject, serviceAccountNamed } from "@plinth/rbac";

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

/**
 * Every group and account that the platform names, and a stranger, in its own namespace, in another team's, in the cluster's and in none, about what a scanner
 * looks for; and of one team, of the platform and of one account of each role every verb on every resource that any rendered role names, where they hold theirs.
 */
export function questionsOf(platform: Platform, rendered: readonly Resource[]): readonly Question[] {
  const named = namedOperations(rendered);
  return askers(platform, rendered).flatMap(({ subject, namespaces, asksEverything }) => [
    ...[...new Set(namespaces)].flatMap((namespace) => questionsAbout(operations, subject, namespace)),
    ...(asksEverything === "nowhere"
      ? []
      : questionsAbout(named, subject, asksEverything === "at home" ? namespaces[0] : undefined)),
    ...paths.map((path) => ({ subject, request: { verb: "get", path } })),
  ]);
}

type Operation = (typeof operations)[number];

function questionsAbout(
  asked: readonly Operation[],
  subject: Subject,
  namespace: string | undefined,
): readonly Question[] {
  return asked.flatMap(([resource, apiGroup, verbs]) =>
    verbs.split(" ").map((verb) => ({
      subject,
      request: { verb, apiGroup, resource, ...(namespace === undefined ? {} : { namespace }) },
    })),
  );
}

/** Every resource that a rendered role names, with every verb of the API and of the role. */
function namedOperations(rendered: readonly Resource[]): readonly Operation[] {
  const verbsOf = new Map<string, Set<string>>();
  for (const rule of rendered.flatMap((resource) => listAt(resource, "rules"))) {
    for (const apiGroup of listAt(rule, "apiGroups")) {
      for (const resource of listAt(rule, "resources")) {
        const key = `${String(resource)} ${String(apiGroup)}`;
        const verbs = verbsOf.get(key) ?? new Set(apiVerbs);
        for (const verb of listAt(rule, "verbs")) verbs.add(String(verb));
        verbsOf.set(key, verbs);
      }
    }
  }
  return [...verbsOf].map(([key, verbs]): Operation => {
    const [resource = "", apiGroup = ""] = key.split(" ");
    return [resource, apiGroup, [...verbs].join(" ")];
  });
}

const apiVerbs = ["get", "list", "create", "update", "patch", "delete", "deletecollection"];

interface Asker {
  readonly subject: Subject;
  /** `undefined`: all namespaces, or none. */
  readonly namespaces: readonly (string | undefined)[];
  /** Where it asks about every resource of every role, not only about what is risky. */
  readonly asksEverything: "at home" | "in the cluster" | "nowhere";
}

function askers({ teams, groups, services }: Platform, rendered: readonly Resource[]): readonly Asker[] {
  const homes: readonly string[] = teams.map(({ namespace }) => namespace);
  const [firstHome = "default"] = homes;
  const around = (home: string): readonly (string | undefined)[] => {
    const another = homes[(homes.indexOf(home) + 1) % homes.length];
    return [home, ...(another === undefined ? [] : [another]), "kube-system", undefined];
  };
  const accounts = accountsIn(rendered);
  const firstOfItsRole = new Set([
    ...new Map(accounts.toReversed().map((account) => [account.role, account])).values(),
  ]);
  // One to which nothing is bound.
  const quiet = services.find(({ name }) => !accounts.some((account) => account.name === name));
  const quietHome = teams.find(({ name }) => name === quiet?.team)?.namespace ?? firstHome;
  return [
    ...teams.flatMap((team) =>
      groupsOf(team).map((group) => ({
        subject: personIn(group),
        namespaces: around(team.namespace),
        // The roles of all teams are the same.
        asksEverything: team === teams[0] ? ("at home" as const) : ("nowhere" as const),
      })),
    ),
    ...accounts.map((account) => ({
      subject: serviceAccountNamed(account.name, account.namespace),
      namespaces: around(account.boundIn),
      asksEverything: firstOfItsRole.has(account) ? ("at home" as const) : ("nowhere" as const),
    })),
    {
      subject: serviceAccountNamed(quiet?.name ?? "default", quietHome),
      namespaces: around(quietHome),
      asksEverything: "at home",
    },
    ...[personIn(groups.admins), personIn(groups.operators), personIn(groups.viewers), personIn()].map((subject) => ({
      subject,
      namespaces: around(firstHome),
      asksEverything: "in the cluster" as const,
    })),
  ];
}

interface BoundAccount {
  readonly name: string;
  readonly namespace: string;
  readonly role: string;
  /** The namespace of the binding; the account's own for one that holds in the whole cluster. */
  readonly boundIn: string;
}

/** ServiceAccounts to which a rendered binding gives something, for each binding. */
function accountsIn(rendered: readonly Resource[]): readonly BoundAccount[] {
  return rendered.flatMap((binding) =>
    listAt(binding, "subjects").flatMap((subject): BoundAccount[] => {
      const name = fieldAt(subject, "name");
      const namespace = fieldAt(subject, "namespace") ?? binding.metadata.namespace;
      if (fieldAt(subject, "kind") !== "ServiceAccount" || typeof name !== "string" || typeof namespace !== "string")
        return [];
      const role = `${String(fieldAt(binding, "roleRef", "kind"))} ${String(fieldAt(binding, "roleRef", "name"))}`;
      return [{ name, namespace, role, boundIn: binding.metadata.namespace ?? namespace }];
    }),
  );
}
