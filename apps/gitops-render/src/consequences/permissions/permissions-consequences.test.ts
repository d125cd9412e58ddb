import { rbacComponents } from "@plinth/rbac";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { treeOfFiles } from "../../comparison/build-tree.ts";
import { compareTrees } from "../../comparison/compare-trees.ts";
import {
  bothWays,
  editedTree,
  linesOf,
  type ModelEdit,
  type ModelInput,
  productionTree,
} from "../model-edit.fixture.ts";
import { permissionsConsequences } from "./permissions-consequences.ts";

// The review tells a platform's author what its roles risk; it renders a page and no object.
const components = rbacComponents.filter(({ name }) => name !== "access-review");
const unedited = editedTree("before", components);

const environment = (input: ModelInput, name: string): ModelInput["environments"][number] => {
  const found = input.environments.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return found;
};
const service = (input: ModelInput, name: string): NonNullable<ModelInput["services"]>[number] => {
  const found = input.services?.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
};

interface EditCase {
  readonly what: string;
  readonly given?: ModelEdit;
  readonly edit: ModelEdit;
  readonly told: readonly string[];
}

const breakGlass = {
  name: "incident",
  group: "oncall",
  environment: "production",
  because: "Orders are lost.",
  ticket: "INC-1",
  approvedBy: "platform",
  until: "2026-12-31",
};

const cases: readonly EditCase[] = [
  {
    what: "developers write in production",
    edit: (input) => {
      environment(input, "production").access.writers = "developers";
    },
    told: [
      "production permission-gained-escalating | groups backend-admins and frontend-admins gain create, delete, patch, update rolebindings.rbac.authorization.k8s.io and roles.rbac.authorization.k8s.io; with 24 other kinds in team-backend and team-frontend",
      "production permission-gained-writing | groups backend-developers and frontend-developers gain create, delete, patch, update configmaps, persistentvolumeclaims, services, daemonsets.apps and 15 more; get, patch, update deployments/scale.apps, statefulsets/scale.apps and rollouts/scale.argoproj.io; patch rollouts/status.argoproj.io in team-backend and team-frontend",
      "production permission-gained-writing | group platform-operators gains create, delete, patch, update analysistemplates.argoproj.io, rollouts.argoproj.io, instrumentations.opentelemetry.io, opampbridges.opentelemetry.io and 2 more in the whole cluster",
      "production escalation-to-cluster-opened | group system:masters can be reached by group platform-operators",
    ],
  },
  {
    what: "nobody enters pods of development any more",
    edit: (input) => {
      environment(input, "development").access.exec = false;
    },
    told: [
      "development permission-lost-escalating | groups backend-admins, backend-developers, frontend-admins and frontend-developers lose create, get pods/exec; with 1 other kind in team-backend and team-frontend",
      "development permission-lost-escalating | group platform-admins loses create, get pods/attach and pods/exec; get, patch, update pods/ephemeralcontainers; with 1 other kind in the whole cluster",
      "development permission-lost-escalating | group platform-operators loses create, get pods/attach; get, patch, update pods/ephemeralcontainers in the whole cluster",
    ],
  },
  {
    what: "break glass in a namespace",
    edit: (input) => {
      input.breakGlass = [{ ...breakGlass, role: "namespace-admin", team: "backend" }];
    },
    told: [
      "production permission-gained-writing | group oncall gains delete, get, list, watch pods; create pods/eviction; get, patch, update deployments/scale.apps, statefulsets/scale.apps and rollouts/scale.argoproj.io; patch rollouts/status.argoproj.io; with 70 other kinds in team-backend",
    ],
  },
  {
    what: "break glass for the cluster",
    edit: (input) => {
      input.breakGlass = [{ ...breakGlass, role: "platform-admin" }];
    },
    told: [
      "production permission-gained-escalating | group oncall gains create, delete, get, list, patch, update, watch configmaps, namespaces, nodes, persistentvolumes and 28 more; bind, create, delete, escalate, get, list, patch, update, watch clusterroles.rbac.authorization.k8s.io and roles.rbac.authorization.k8s.io; with 99 other kinds in the whole cluster",
    ],
  },
  {
    what: "a group more sees a namespace",
    edit: (input) => {
      for (const team of input.teams.slice(0, 1))
        team.tenancy = {
          bindings: [
            {
              group: "auditors",
              role: "namespace-viewer",
              environments: ["production"],
              because: "The audit of the year.",
            },
          ],
        };
    },
    told: [
      "production permission-gained-reading | group auditors gains get, list, watch configmaps, events, limitranges, namespaces and 63 more in team-backend",
    ],
  },
  {
    what: "a service reads a ConfigMap",
    edit: (input) => {
      service(input, "checkout").kubernetesApi = { reads: ["configmaps/flags"] };
    },
    told: [
      "development account-gained-reading | service account team-backend/checkout gains get, list, watch configmaps named flags in team-backend",
      "development token-mounted | service account team-backend/checkout has its token in every pod that does not refuse it",
      "production account-gained-reading | service account team-backend/checkout gains get, list, watch configmaps named flags in team-backend",
      "production token-mounted | service account team-backend/checkout has its token in every pod that does not refuse it",
    ],
  },
  {
    what: "a service takes a cloud role",
    edit: (input) => {
      service(input, "checkout").cloudRole = "checkout";
    },
    told: [
      "development cloud-role-gained | service account team-backend/checkout takes the cloud role arn:aws:iam::111122223333:role/checkout",
      "production cloud-role-gained | service account team-backend/checkout takes the cloud role arn:aws:iam::444455556666:role/checkout",
    ],
  },
  {
    what: "a service takes another cloud role",
    given: (input) => {
      service(input, "checkout").cloudRole = "checkout";
    },
    edit: (input) => {
      service(input, "checkout").cloudRole = "orders";
    },
    told: [
      "development cloud-role-changed | service account team-backend/checkout takes the cloud role arn:aws:iam::111122223333:role/orders instead of arn:aws:iam::111122223333:role/checkout",
      "production cloud-role-changed | service account team-backend/checkout takes the cloud role arn:aws:iam::444455556666:role/orders instead of arn:aws:iam::444455556666:role/checkout",
    ],
  },
  {
    what: "Pod Security enforces less",
    edit: (input) => {
      environment(input, "production").admission.podSecurity.enforce = "baseline";
    },
    told: [
      "production pod-security-weakened | namespace team-backend enforces baseline instead of restricted",
      "production pod-security-weakened | namespace team-frontend enforces baseline instead of restricted",
    ],
  },
  {
    what: "Pod Security warns of less",
    edit: (input) => {
      environment(input, "production").admission.podSecurity.warn = "baseline";
    },
    told: [
      "production pod-security-judged-otherwise | namespace team-backend has warn baseline instead of restricted from Pod Security",
      "production pod-security-judged-otherwise | namespace team-frontend has warn baseline instead of restricted from Pod Security",
    ],
  },
  {
    what: "another version of Kubernetes",
    edit: (input) => {
      environment(input, "production").cluster.kubernetes = "1.37";
    },
    told: [
      "production pod-security-judged-otherwise | namespace team-backend has enforce-version v1.37 instead of v1.36, audit-version v1.37 instead of v1.36, warn-version v1.37 instead of v1.36 from Pod Security",
      "production pod-security-judged-otherwise | namespace team-frontend has enforce-version v1.37 instead of v1.36, audit-version v1.37 instead of v1.36, warn-version v1.37 instead of v1.36 from Pod Security",
    ],
  },
  {
    what: "the viewers are another group",
    edit: (input) => {
      for (const team of input.teams.slice(0, 1)) team.groups = { viewers: "be-viewers" };
    },
    told: [
      "development permission-gained-reading | group be-viewers gains get, list, watch namespaces, mutatingadmissionpolicies.admissionregistration.k8s.io, mutatingadmissionpolicybindings.admissionregistration.k8s.io, validatingadmissionpolicies.admissionregistration.k8s.io and 14 more in the whole cluster",
      "development permission-gained-reading | group be-viewers gains get, list, watch configmaps, events, limitranges, persistentvolumeclaims and 62 more in team-backend",
      "development permission-lost-reading | group backend-viewers loses get, list, watch namespaces, mutatingadmissionpolicies.admissionregistration.k8s.io, mutatingadmissionpolicybindings.admissionregistration.k8s.io, validatingadmissionpolicies.admissionregistration.k8s.io and 14 more in the whole cluster",
      "development permission-lost-reading | group backend-viewers loses get, list, watch configmaps, events, limitranges, persistentvolumeclaims and 62 more in team-backend",
      "production permission-gained-reading | group be-viewers gains get, list, watch namespaces, mutatingadmissionpolicies.admissionregistration.k8s.io, mutatingadmissionpolicybindings.admissionregistration.k8s.io, validatingadmissionpolicies.admissionregistration.k8s.io and 14 more in the whole cluster",
      "production permission-gained-reading | group be-viewers gains get, list, watch configmaps, events, limitranges, persistentvolumeclaims and 62 more in team-backend",
      "production permission-lost-reading | group backend-viewers loses get, list, watch namespaces, mutatingadmissionpolicies.admissionregistration.k8s.io, mutatingadmissionpolicybindings.admissionregistration.k8s.io, validatingadmissionpolicies.admissionregistration.k8s.io and 14 more in the whole cluster",
      "production permission-lost-reading | group backend-viewers loses get, list, watch configmaps, events, limitranges, persistentvolumeclaims and 62 more in team-backend",
    ],
  },
  {
    what: "the operators are another group",
    edit: (input) => {
      input.groups = { operators: "sre" };
    },
    told: [
      "development permission-gained-escalating | group sre gains get, list, patch, watch nodes; create, get pods/attach; get, patch, update pods/ephemeralcontainers; with 131 other kinds in the whole cluster",
      "development permission-lost-escalating | group platform-operators loses get, list, patch, watch nodes; create, get pods/attach; get, patch, update pods/ephemeralcontainers; with 131 other kinds in the whole cluster",
      "production permission-gained-escalating | group sre gains get, list, patch, watch nodes; with 131 other kinds in the whole cluster",
      "production permission-lost-escalating | group platform-operators loses get, list, patch, watch nodes; with 131 other kinds in the whole cluster",
    ],
  },
  {
    what: "a service is new",
    edit: (input) => {
      input.services = [...(input.services ?? []), { name: "cart", team: "backend", tier: "low", language: "go" }];
    },
    told: [],
  },
];

describe("what a change of the model means for permissions", () => {
  it.each(cases)("$what", ({ given, edit, told }) => {
    const before = given === undefined ? unedited : editedTree("before", components, given);
    const after = editedTree("after", components, ...(given === undefined ? [] : [given]), edit);
    const comparison = compareTrees(before, after);
    expect(linesOf(permissionsConsequences(comparison))).toEqual(told);
    const { forward, backward } = bothWays(permissionsConsequences, comparison);
    expect(backward).toEqual(forward);
  });

  it("mirrors any of the changes together", () => {
    const edits = cases.filter(({ given }) => given === undefined).map(({ edit }) => edit);
    fc.assert(
      fc.property(fc.shuffledSubarray(edits, { maxLength: 4 }), (some) => {
        const comparison = compareTrees(unedited, editedTree("after", components, ...some));
        const { forward, backward } = bothWays(permissionsConsequences, comparison);
        expect(backward).toEqual(forward);
      }),
      { numRuns: 2 },
    );
  });
});

const rbac = "rbac.authorization.k8s.io";

const role = (name: string, rules: readonly object[], labels?: Readonly<Record<string, string>>): object => ({
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRole",
  metadata: { name, ...(labels === undefined ? {} : { labels }) },
  rules,
});
const aggregate = (name: string, label: string): object => ({
  apiVersion: `${rbac}/v1`,
  kind: "ClusterRole",
  metadata: { name },
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: "true" } }] },
  rules: [],
});
const bound = (name: string, roleName: string, subject: object, namespace?: string): object => ({
  apiVersion: `${rbac}/v1`,
  kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  roleRef: { apiGroup: rbac, kind: "ClusterRole", name: roleName },
  subjects: [subject],
});
const group = (name: string): object => ({ kind: "Group", apiGroup: rbac, name });
const account = (name: string, namespace: string): object => ({ kind: "ServiceAccount", name, namespace });
const rule = (verbs: readonly string[], resources: readonly string[], apiGroup = ""): object => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

const told = (before: readonly object[], after: readonly object[]): readonly string[] => {
  const comparison = compareTrees(
    // Somebody else's object keeps the environment on both sides.
    productionTree("before", [role("kept", []), ...before]),
    productionTree("after", [role("kept", []), ...after]),
  );
  const { forward, backward } = bothWays(permissionsConsequences, comparison);
  expect(backward).toEqual(forward);
  return linesOf(permissionsConsequences(comparison)).map((line) => line.replace("production ", ""));
};

describe("roles and bindings of any tree", () => {
  const readPods = rule(["get"], ["pods"]);
  const readServices = rule(["get"], ["services"]);

  it("say nothing when a role is split, renamed or bound anew with the same rules", () => {
    expect(
      told(
        [role("reader", [readPods, readServices]), bound("readers", "reader", group("people"), "team-data")],
        [
          role("pods", [readPods]),
          role("services", [readServices]),
          bound("one", "pods", group("people"), "team-data"),
          bound("two", "services", group("people"), "team-data"),
        ],
      ),
    ).toEqual([]);
  });

  it("say nothing when an aggregated role takes the place of one with the same rules", () => {
    expect(
      told(
        [role("reader", [readPods]), bound("readers", "reader", group("people"))],
        [
          aggregate("reader", "example.com/reads"),
          role("part", [readPods], { "example.com/reads": "true" }),
          bound("readers", "reader", group("people")),
        ],
      ),
    ).toEqual([]);
  });

  it("tell what an aggregated role comes to hold by a part of it", () => {
    const fixed = [aggregate("reader", "example.com/reads"), bound("readers", "reader", group("people"))];
    expect(told(fixed, [...fixed, role("part", [readPods], { "example.com/reads": "true" })])).toEqual([
      "permission-gained-reading | group people gains get pods in the whole cluster",
    ]);
  });

  it.each([
    [["*"], ["*"], "*", "escalating", "* *.*"],
    [["create"], ["pods/exec"], "", "escalating", "create pods/exec"],
    [["create"], ["serviceaccounts/token"], "", "escalating", "create serviceaccounts/token"],
    [["impersonate"], ["users"], "", "escalating", "impersonate users"],
    [["escalate"], ["roles"], rbac, "escalating", `escalate roles.${rbac}`],
    [["bind"], ["clusterroles"], rbac, "escalating", `bind clusterroles.${rbac}`],
    [["get"], ["nodes/proxy"], "", "escalating", "get nodes/proxy"],
    [
      ["patch"],
      ["validatingwebhookconfigurations"],
      "admissionregistration.k8s.io",
      "escalating",
      "patch validatingwebhookconfigurations.admissionregistration.k8s.io",
    ],
    [["list"], ["secrets"], "", "escalating", "list secrets"],
    [["patch"], ["deployments"], "apps", "writing", "patch deployments.apps"],
    [["list"], ["configmaps"], "", "reading", "list configmaps"],
  ] as const)("call %s %s of %s in the whole cluster %s", (verbs, resources, apiGroup, danger, words) => {
    const given = role("given", [rule(verbs, resources, apiGroup)]);
    expect(told([given], [given, bound("people", "given", group("people"))])[0]).toBe(
      `permission-gained-${danger} | group people gains ${words} in the whole cluster`,
    );
  });

  it("call Secrets of one namespace less than those of all", () => {
    const given = role("given", [rule(["get"], ["secrets"])]);
    expect(told([given], [given, bound("people", "given", group("people"), "team-data")])).toEqual([
      "permission-gained-secrets | group people gains get secrets in team-data",
    ]);
  });

  it("tell of pods apart from people: a controller that loses something fails", () => {
    const given = role("given", [readPods]);
    const binding = bound("pods", "given", account("controller", "monitoring"));
    expect(told([given, binding], [given])).toEqual([
      "account-lost-reading | service account monitoring/controller loses get pods in the whole cluster",
    ]);
  });

  it("tell first of all when everybody gains something", () => {
    const given = role("given", [readPods]);
    expect(told([given], [given, bound("all", "given", group("system:authenticated"))])).toEqual([
      "permission-gained-by-everybody | group system:authenticated gains get pods in the whole cluster",
    ]);
  });

  it("know Kubernetes' own roles, which no tree holds", () => {
    expect(told([], [bound("people", "cluster-admin", group("people"))])).toEqual([
      "permission-gained-escalating | group people gains everything that Kubernetes' own role cluster-admin allows in the whole cluster",
    ]);
    expect(told([], [bound("people", "view", group("people"), "team-data")])).toEqual([
      "permission-gained-reading | group people gains everything that Kubernetes' own role view allows in team-data",
    ]);
  });

  it("tell of a role that adds its rules to Kubernetes' own", () => {
    const label = { "rbac.authorization.k8s.io/aggregate-to-edit": "true" };
    expect(
      told(
        [role("extra", [rule(["create"], ["things"], "example.com")])],
        [role("extra", [rule(["create"], ["things"], "example.com")], label)],
      ),
    ).toEqual(["role-aggregated | role extra adds rules to Kubernetes' own admin or edit by a label"]);
  });

  it("tell of a way to somebody stronger that opens without anybody's role changing", () => {
    const fixed = [
      role("maker", [rule(["create"], ["pods"])]),
      bound("makers", "maker", group("people"), "team-data"),
      role("admin-of-all", [rule(["*"], ["*"], "*")]),
      {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: "team-data", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
      },
    ];
    expect(told(fixed, [...fixed, bound("robots", "admin-of-all", account("robot", "team-data"))])).toEqual([
      "account-gained-escalating | service account team-data/robot gains * *.* in the whole cluster",
    ]);
    const weakened = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "team-data", labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
    };
    expect(told(fixed, [...fixed.slice(0, 3), weakened])).toEqual([
      "escalation-to-cluster-opened | root on nodes can be reached by group people",
      "pod-security-weakened | namespace team-data enforces privileged instead of restricted",
    ]);
  });
});

describe("who gets into the cluster", () => {
  const entries = (...list: readonly object[]): object => ({
    apiVersion: "eksctl.io/v1alpha5",
    kind: "ClusterConfig",
    metadata: { name: "shop-production", region: "eu-central-1" },
    accessConfig: { authenticationMode: "API", accessEntries: list },
  });
  const entry = (role_: string, ...kubernetesGroups: readonly string[]): object => ({
    principalARN: `arn:aws:iam::1:role/${role_}`,
    type: "STANDARD",
    kubernetesGroups,
  });

  it("is told of access entries, group by group", () => {
    expect(
      told(
        [entries(entry("dev", "viewers"))],
        [entries(entry("dev", "viewers", "admins"), entry("root", "system:masters"))],
      ),
    ).toEqual([
      "cluster-entry-gained | arn:aws:iam::1:role/dev gets into the cluster as admins",
      "cluster-entry-gained-unlimited | arn:aws:iam::1:role/root gets into the cluster as system:masters",
    ]);
  });

  it("is told of the files that are given to the cloud by hand", () => {
    const tree = (name: string, ...list: readonly object[]): ReturnType<typeof treeOfFiles> =>
      treeOfFiles(
        name,
        new Map([
          ["access/production/cluster-config.yaml", JSON.stringify(entries(...list))],
          ["foundation/overlays/production/kept.yaml", JSON.stringify(role("kept", []))],
        ]),
      );
    const comparison = compareTrees(tree("before"), tree("after", entry("dev", "viewers")));
    expect(linesOf(permissionsConsequences(comparison))).toEqual([
      "production cluster-entry-gained | arn:aws:iam::1:role/dev gets into the cluster as viewers",
    ]);
    expect(permissionsConsequences(comparison)[0]?.files).toEqual(["access/production/cluster-config.yaml"]);
  });

  it("is the same in the older map", () => {
    const map = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "aws-auth", namespace: "kube-system" },
      data: { mapRoles: "- rolearn: arn:aws:iam::1:role/dev\n  username: dev\n  groups: [viewers]\n" },
    };
    expect(told([entries(entry("dev", "viewers"))], [map])).toEqual([]);
  });
});

describe("what Argo CD may deliver", () => {
  const project = (spec: object): object => ({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "plinth-data", namespace: "argocd" },
    spec: {
      sourceRepos: ["https://git.example.com/platform"],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "team-data" }],
      clusterResourceWhitelist: [],
      namespaceResourceWhitelist: [{ group: "", kind: "ConfigMap" }],
      ...spec,
    },
  });

  it.each([
    [
      {
        namespaceResourceWhitelist: [
          { group: "apps", kind: "Deployment" },
          { group: "", kind: "ConfigMap" },
        ],
      },
      ["delivery-widened | project plinth-data may deliver Deployment.apps"],
    ],
    [{ namespaceResourceWhitelist: [] }, ["delivery-narrowed | project plinth-data may no longer deliver ConfigMap"]],
    [
      { sourceRepos: ["*"] },
      [
        "delivery-unbounded | project plinth-data may deliver from *",
        "delivery-narrowed | project plinth-data may no longer deliver from https://git.example.com/platform",
      ],
    ],
    [
      { clusterResourceWhitelist: [{ group: "", kind: "Namespace" }] },
      ["delivery-unbounded | project plinth-data may deliver Namespace of the cluster"],
    ],
    [
      { namespaceResourceBlacklist: [{ group: "", kind: "Secret" }] },
      ["delivery-narrowed | project plinth-data may no longer deliver Secret"],
    ],
    [
      { syncWindows: [{ kind: "allow", schedule: "0 8 * * 1-4", duration: "8h", applications: ["*"] }] },
      ["delivery-windows-changed | project plinth-data is delivered 0 8 * * 1-4 for 8h, not at any time"],
    ],
    [
      {
        roles: [
          {
            name: "deliverer",
            groups: ["data-admins"],
            policies: ["p, proj:plinth-data:deliverer, applications, sync, plinth-data/*, allow"],
          },
        ],
      },
      ["delivery-role-gained | project plinth-data lets group data-admins sync its applications"],
    ],
  ] as const)("is told of %j", (change, lines) => {
    expect(told([project({})], [project(change)])).toEqual(lines);
  });
});

it("asks for nothing where nothing of the domain changed", () => {
  const before = productionTree("before", [
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "one", namespace: "a" } },
  ]);
  const after = productionTree("after", [
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "two", namespace: "a" } },
  ]);
  expect(permissionsConsequences(compareTrees(before, after))).toEqual([]);
});
