import type { Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import {
  clusterRole,
  clusterRoleBinding,
  group,
  namespaceObject,
  role,
  roleBinding,
  rule,
  serviceAccount,
  serviceAccountObject,
  user,
} from "../analysis/rbac-objects.fixture.ts";
import type { PolicyRule } from "../roles/policy-rule.ts";
import { workloadKinds } from "./pod-making-kinds.ts";
import { riskFindings } from "./risk-findings.ts";
import { riskHits } from "./risk-hits.ts";
import { risks } from "./risks.ts";

const rbac = "rbac.authorization.k8s.io";
const team = group("team");
const held = (...rules: PolicyRule[]): Resource[] => [clusterRole("r", ...rules), clusterRoleBinding("r", team)];
const heldIn = (namespace: string, ...rules: PolicyRule[]): Resource[] => [
  clusterRole("r", ...rules),
  roleBinding(namespace, "ClusterRole", "r", team),
];
const idsOf = (resources: readonly Resource[]): string[] => [
  ...new Set(riskHits(resources).map(({ risk }) => risk.id)),
];
const labelled = (label: string, given: PolicyRule): Resource[] => [
  { ...clusterRole("part", given), metadata: { name: "part", labels: { [label]: "true" } } },
];
const strong: readonly Resource[] = [
  namespaceObject("shop", "restricted"),
  serviceAccountObject("shop", "strong"),
  role("shop", "own", rule("get", "leases", "coordination.k8s.io")),
  roleBinding("shop", "Role", "own", serviceAccount("strong", "shop")),
];
const cloud = serviceAccountObject(
  "shop",
  "cloud",
  {},
  { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/x" },
);
const harmless = rule("get", "configmaps");
const bound = (subject: ReturnType<typeof group>): Resource[] => [
  clusterRole("r", harmless),
  clusterRoleBinding("r", subject),
];

/** For each risk what has it, and what is near and has it not. */
const cases: Readonly<Record<string, { has: readonly Resource[][]; near: readonly Resource[][] }>> = {
  "all-permissions": {
    has: [held(rule("*", "*", "*"))],
    near: [held(rule("*", "*", "apps")), held(rule("*", "*", "*", "x"))],
  },
  "wildcard-verbs": {
    has: [held(rule("*", "services"))],
    near: [held(rule("get list watch create update patch delete", "services"))],
  },
  "wildcard-resources": {
    has: [held(rule("get", "*")), held(rule("get", "*/scale", "apps"))],
    near: [held(rule("get", "pods services"))],
  },
  "wildcard-api-groups": {
    has: [held(rule("get", "deployments", "*"))],
    near: [held(rule("get", "deployments", "apps"))],
  },
  "wildcard-paths": {
    has: [held({ nonResourceURLs: ["*"], verbs: ["get"] }), held({ nonResourceURLs: ["/*"], verbs: ["get"] })],
    near: [held({ nonResourceURLs: ["/healthz/*"], verbs: ["get"] })],
  },
  "read-secrets": {
    has: [
      held(rule("get", "secrets")),
      held(rule("list", "secrets")),
      heldIn("shop", rule("watch", "secrets")),
      held(rule("get", "*")),
    ],
    near: [
      held(rule("get", "secrets", "", "one")),
      held(rule("get", "secrets", "apps")),
      held(rule("create", "secrets")),
    ],
  },
  "read-named-secrets": {
    has: [heldIn("shop", rule("get", "secrets", "", "one"))],
    near: [held(rule("get", "secrets"))],
  },
  "write-secrets": {
    has: [held(rule("create", "secrets")), held(rule("patch", "secrets", "", "one"))],
    near: [held(rule("delete", "secrets")), held(rule("create", "secrets", "", "one"))],
  },
  "create-tokens": {
    has: [
      held(rule("create", "serviceaccounts/token")),
      held(rule("create", "serviceaccounts/token", "", "x")),
      held(rule("create", "*/token")),
    ],
    near: [held(rule("create", "serviceaccounts")), held(rule("get", "serviceaccounts/token"))],
  },
  "change-service-accounts": {
    has: [held(rule("patch", "serviceaccounts"))],
    near: [held(rule("get", "serviceaccounts"))],
  },
  "change-external-secrets": {
    has: [
      held(rule("create", "externalsecrets", "external-secrets.io")),
      held(rule("update", "clustersecretstores", "external-secrets.io")),
      held(rule("create", "pushsecrets", "external-secrets.io")),
    ],
    near: [held(rule("get list", "externalsecrets secretstores", "external-secrets.io"))],
  },
  "change-issuers": {
    has: [held(rule("patch", "issuers", "cert-manager.io"))],
    near: [held(rule("patch", "certificates", "cert-manager.io"))],
  },
  "send-scrape-tokens": {
    has: [held(rule("create", "servicemonitors", "monitoring.coreos.com"))],
    near: [held(rule("create", "prometheusrules", "monitoring.coreos.com"))],
  },
  "change-cloud-identities": {
    has: [held(rule("create", "accessentries", "eks.services.k8s.aws"))],
    near: [held(rule("get", "roles", "iam.services.k8s.aws"))],
  },
  "create-workloads": {
    has: Object.entries(workloadKinds).flatMap(([apiGroup, kinds]) =>
      kinds.map((kind) => heldIn("shop", rule("create", kind, apiGroup))),
    ),
    near: [
      held(rule("get list watch delete", "pods")),
      held(rule("create", "pods/eviction")),
      held(rule("patch", "deployments/scale", "apps")),
      held(rule("create", "deployments", "example.com")),
      held(rule("create", "pods", "", "one")),
    ],
  },
  "create-operands": {
    has: [
      held(rule("create", "opentelemetrycollectors", "opentelemetry.io")),
      held(rule("patch", "prometheuses", "monitoring.coreos.com")),
    ],
    near: [held(rule("get", "opentelemetrycollectors", "opentelemetry.io"))],
  },
  "enter-pods": {
    has: [held(rule("create", "pods/exec")), held(rule("get", "pods/exec")), held(rule("create", "pods/attach"))],
    near: [held(rule("get", "pods/log")), held(rule("delete", "pods/exec"))],
  },
  "debug-pods": {
    has: [held(rule("patch", "pods/ephemeralcontainers"))],
    near: [held(rule("get", "pods/ephemeralcontainers"))],
  },
  "forward-ports": {
    has: [
      held(rule("create", "pods/portforward")),
      held(rule("get", "services/proxy")),
      held(rule("create", "pods/proxy")),
    ],
    near: [held(rule("get", "pods/log services"))],
  },
  "delete-workloads": {
    has: [held(rule("delete", "pods")), held(rule("deletecollection", "deployments", "apps"))],
    near: [held(rule("create", "pods/eviction")), held(rule("delete", "configmaps"))],
  },
  "delete-collections": {
    has: [held(rule("deletecollection", "configmaps")), held(rule("deletecollection", "widgets", "example.com"))],
    near: [held(rule("delete", "configmaps"))],
  },
  "escalate-roles": {
    has: [held(rule("escalate", "clusterroles", rbac)), heldIn("shop", rule("escalate", "roles", rbac))],
    near: [held(rule("patch", "clusterroles", rbac))],
  },
  "bind-roles": {
    has: [held(rule("bind", "clusterroles", rbac)), held(rule("bind", "roles", rbac, "viewer"))],
    near: [held(rule("create", "rolebindings", rbac))],
  },
  impersonate: {
    has: ["users", "groups", "serviceaccounts"]
      .map((what) => held(rule("impersonate", what)))
      .concat([
        held(rule("impersonate", "userextras", "authentication.k8s.io")),
        held(rule("impersonate", "uids", "authentication.k8s.io")),
        held(rule("impersonate:user-info", "users", "authentication.k8s.io")),
      ]),
    near: [held(rule("get", "serviceaccounts")), held(rule("impersonate", "users", "example.com"))],
  },
  "write-roles": {
    has: [held(rule("create", "roles", rbac))],
    near: [held(rule("get list watch", "roles clusterroles", rbac))],
  },
  "write-bindings": {
    has: [held(rule("create", "rolebindings", rbac)), held(rule("patch", "clusterrolebindings", rbac))],
    near: [held(rule("delete", "rolebindings", rbac))],
  },
  "approve-certificates": {
    has: [
      held(rule("update", "certificatesigningrequests/approval", "certificates.k8s.io")),
      held(rule("approve", "signers", "certificates.k8s.io", "kubernetes.io/kubelet-serving")),
      held(rule("sign", "signers", "certificates.k8s.io")),
    ],
    near: [
      held(rule("create", "certificatesigningrequests", "certificates.k8s.io")),
      heldIn("shop", rule("approve", "signers", "certificates.k8s.io")),
    ],
  },
  "approve-issued-certificates": {
    has: [held(rule("approve", "signers", "cert-manager.io"))],
    near: [held(rule("create", "certificaterequests", "cert-manager.io"))],
  },
  "map-cloud-identities": {
    has: [
      held(rule("update", "configmaps")),
      heldIn("kube-system", rule("patch", "configmaps")),
      held(rule("update", "configmaps", "", "coredns")),
      held(rule("update", "configmaps", "", "aws-auth")),
    ],
    near: [
      heldIn("shop", rule("update", "configmaps")),
      held(rule("update", "configmaps", "", "settings")),
      heldIn("kube-system", rule("get", "configmaps")),
      [clusterRole("r", rule("update", "configmaps"))],
    ],
  },
  "reach-kubelets": {
    has: [held(rule("get", "nodes/proxy")), held(rule("create", "nodes/proxy"))],
    near: [held(rule("get", "nodes/metrics")), heldIn("shop", rule("get", "nodes/proxy"))],
  },
  "read-kubelets": {
    has: [held(rule("get", "nodes/log")), held(rule("get", "nodes/configz"))],
    near: [held(rule("get", "nodes/metrics nodes/stats nodes"))],
  },
  "change-nodes": {
    has: [
      held(rule("patch", "nodes")),
      held(rule("update", "nodes/status")),
      [clusterRole("r", rule("patch", "nodes"))],
    ],
    near: [
      held(rule("get list watch", "nodes")),
      heldIn("shop", rule("patch", "nodes")),
      [role("shop", "r", rule("patch", "nodes"))],
    ],
  },
  "change-node-leases": {
    has: [
      heldIn("kube-node-lease", rule("update", "leases", "coordination.k8s.io")),
      held(rule("delete", "leases", "coordination.k8s.io")),
    ],
    near: [
      heldIn("shop", rule("update", "leases", "coordination.k8s.io")),
      [role("shop", "r", rule("update", "leases", "coordination.k8s.io"))],
    ],
  },
  "create-persistent-volumes": {
    has: [held(rule("create", "persistentvolumes"))],
    near: [held(rule("create", "persistentvolumeclaims")), heldIn("shop", rule("create", "persistentvolumes"))],
  },
  "change-namespaces": {
    has: [held(rule("patch", "namespaces")), heldIn("shop", rule("patch", "namespaces"))],
    near: [held(rule("create get", "namespaces"))],
  },
  "delete-namespaces": { has: [held(rule("delete", "namespaces"))], near: [held(rule("patch", "namespaces"))] },
  "change-webhooks": {
    has: [
      held(rule("create", "validatingwebhookconfigurations", "admissionregistration.k8s.io")),
      held(rule("delete", "mutatingwebhookconfigurations", "admissionregistration.k8s.io")),
    ],
    near: [held(rule("get", "validatingwebhookconfigurations", "admissionregistration.k8s.io"))],
  },
  "change-admission-policies": {
    has: [held(rule("delete", "validatingadmissionpolicybindings", "admissionregistration.k8s.io"))],
    near: [held(rule("list", "validatingadmissionpolicies", "admissionregistration.k8s.io"))],
  },
  "change-api": {
    has: [
      held(rule("patch", "customresourcedefinitions", "apiextensions.k8s.io")),
      held(rule("create", "apiservices", "apiregistration.k8s.io")),
    ],
    near: [held(rule("get", "customresourcedefinitions", "apiextensions.k8s.io"))],
  },
  "change-limits": {
    has: [heldIn("shop", rule("patch", "resourcequotas")), heldIn("shop", rule("delete", "limitranges"))],
    near: [heldIn("shop", rule("get", "resourcequotas limitranges"))],
  },
  "change-network-policies": {
    has: [
      heldIn("shop", rule("delete", "networkpolicies", "networking.k8s.io")),
      held(rule("create", "authorizationpolicies", "security.istio.io")),
    ],
    near: [held(rule("create", "ingresses", "networking.k8s.io"))],
  },
  "redirect-traffic": {
    has: [heldIn("shop", rule("create", "endpointslices", "discovery.k8s.io")), held(rule("patch", "services/status"))],
    near: [held(rule("create", "services")), held(rule("get", "endpoints"))],
  },
  "delete-events": {
    has: [held(rule("delete", "events")), held(rule("deletecollection", "events", "events.k8s.io"))],
    near: [held(rule("create patch", "events"))],
  },
  "change-delivery": {
    has: [
      held(rule("create", "applications", "argoproj.io")),
      held(rule("patch", "helmreleases", "helm.toolkit.fluxcd.io")),
    ],
    near: [held(rule("get", "applications", "argoproj.io")), held(rule("create", "applications", "app.k8s.io"))],
  },
  "change-policies": {
    has: [
      held(rule("create", "clusterpolicies", "kyverno.io")),
      held(rule("delete", "validatingpolicies", "policies.kyverno.io")),
    ],
    near: [held(rule("list", "clusterpolicies", "kyverno.io"))],
  },
  "except-from-policies": {
    has: [heldIn("shop", rule("create", "policyexceptions", "policies.kyverno.io"))],
    near: [heldIn("shop", rule("delete", "policyexceptions", "policies.kyverno.io"))],
  },
  "change-machines": {
    has: [held(rule("patch", "ec2nodeclasses", "karpenter.k8s.aws"))],
    near: [held(rule("get", "nodepools", "karpenter.sh"))],
  },
  "bound-to-everybody": {
    has: ["system:authenticated", "system:unauthenticated", "system:serviceaccounts", "system:serviceaccounts:shop"]
      .map((name) => bound(group(name)))
      .concat([bound(user("system:anonymous"))]),
    near: [bound(team), bound(group("system:nodes"))],
  },
  "bound-to-default-service-account": {
    has: [bound(serviceAccount("default", "shop"))],
    near: [bound(serviceAccount("web", "shop"))],
  },
  "bound-to-user": {
    has: [bound(user("anne@example.com"))],
    near: [bound(user("system:kube-scheduler")), bound(user("system:serviceaccount:shop:web"))],
  },
  "bound-to-masters": { has: [bound(group("system:masters"))], near: [bound(group("masters"))] },
  "bind-cluster-admin": {
    has: [[clusterRoleBinding("cluster-admin", team)], [roleBinding("shop", "ClusterRole", "cluster-admin", team)]],
    near: [[roleBinding("shop", "Role", "cluster-admin", team)], [clusterRoleBinding("view", team)]],
  },
  "bind-upstream-roles": {
    has: [[roleBinding("shop", "ClusterRole", "edit", team)]],
    near: [[roleBinding("shop", "ClusterRole", "view", team)]],
  },
  "aggregated-into-edit": {
    has: [labelled("rbac.authorization.k8s.io/aggregate-to-edit", harmless)],
    near: [
      labelled("rbac.authorization.k8s.io/aggregate-to-view", harmless),
      labelled("example.com/aggregate-to-edit", harmless),
    ],
  },
  "aggregated-into-view": {
    has: [labelled("rbac.authorization.k8s.io/aggregate-to-view", rule("create", "configmaps"))],
    near: [labelled("rbac.authorization.k8s.io/aggregate-to-view", rule("get list watch", "configmaps"))],
  },
  "escalate-to-everything": {
    has: [held(rule("bind", "clusterroles", rbac), rule("create", "clusterrolebindings", rbac))],
    near: [held(rule("create", "clusterrolebindings", rbac))],
  },
  "escalate-to-node": {
    has: [[namespaceObject("shop", "privileged"), ...heldIn("shop", rule("create", "pods"))]],
    near: [[namespaceObject("shop", "baseline"), ...heldIn("shop", rule("create", "pods"))]],
  },
  "escalate-to-cluster": {
    has: [
      [
        ...strong,
        clusterRole("n", rule("list", "nodes")),
        clusterRoleBinding("n", serviceAccount("strong", "shop")),
        ...heldIn("shop", rule("create", "pods")),
      ],
    ],
    near: [[...strong, ...heldIn("shop", rule("create", "pods"))]],
  },
  "escalate-to-namespace": {
    has: [
      [
        ...strong,
        clusterRole("n", rule("list", "pods")),
        roleBinding("bank", "ClusterRole", "n", serviceAccount("strong", "shop")),
        ...heldIn("shop", rule("create", "pods")),
      ],
    ],
    near: [[...strong, ...heldIn("shop", rule("create", "pods"))]],
  },
  "escalate-to-cloud-role": {
    has: [[namespaceObject("shop", "restricted"), cloud, ...heldIn("shop", rule("create", "pods"))]],
    near: [[namespaceObject("shop", "restricted"), cloud, ...heldIn("bank", rule("create", "pods"))]],
  },
  "escalate-in-namespace": {
    has: [[...strong, ...heldIn("shop", rule("create", "pods"))]],
    near: [[...strong, ...heldIn("shop", rule("create", "pods"), rule("get", "leases", "coordination.k8s.io"))]],
  },
};

describe("the table of risks", () => {
  it("has a name of its own, a reason and a public source in each row", () => {
    expect(new Set(risks.map(({ id }) => id)).size).toBe(risks.length);
    for (const { id, severity, source, title, why } of risks) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[a-z].*[^.]$/);
      expect(why).toMatch(/^[A-Za-z].*\.$/);
      expect(new URL(source).protocol).toBe("https:");
      expect(["critical", "high", "medium", "low"]).toContain(severity);
    }
  });

  it("is tried row by row", () => {
    expect(Object.keys(cases).sort()).toEqual(risks.map(({ id }) => id).sort());
  });

  it.each(Object.entries(cases))("%s is found where it is, and not where something is near", (id, { has, near }) => {
    for (const resources of has) expect(idsOf(resources)).toContain(id);
    for (const resources of near) expect(idsOf(resources)).not.toContain(id);
  });
});

describe("a hit", () => {
  it("says the role, the rule, and who holds it where", () => {
    const [binding] = riskHits([
      clusterRole("r", rule("get", "secrets")),
      roleBinding("shop", "ClusterRole", "r", team, user("anne")),
      roleBinding("bank", "ClusterRole", "r", serviceAccount("web", "bank")),
    ]).filter(({ risk }) => risk.id === "read-secrets");
    expect(binding).toMatchObject({
      role: "r",
      rule: rule("get", "secrets"),
      bound: [
        { namespace: "bank", subjects: [{ kind: "ServiceAccount", name: "web", namespace: "bank" }] },
        {
          namespace: "shop",
          subjects: [
            { kind: "Group", name: "team" },
            { kind: "User", name: "anne" },
          ],
        },
      ],
    });
  });

  it("is there for a role that is bound nowhere, and for one through aggregation", () => {
    expect(riskHits([role("shop", "r", rule("get", "secrets"))])).toMatchObject([{ role: "r", bound: [] }]);
    const outer: Resource = {
      ...clusterRole("outer"),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "outer" } }] },
    };
    const part: Resource = {
      ...clusterRole("part", rule("get", "secrets")),
      metadata: { name: "part", labels: { to: "outer" } },
    };
    const hits = riskHits([outer, part, clusterRoleBinding("outer", team)]);
    expect(hits.map(({ bound, role: name }) => [name, bound.length])).toEqual([
      ["outer", 1],
      ["part", 0],
    ]);
  });

  it("is one for a role that may everything, not one for each risk", () => {
    expect(idsOf(held(rule("*", "*", "*")))).toEqual(["all-permissions"]);
  });

  it("is none for a role that reads what is harmless", () => {
    expect(riskHits(held(rule("get list watch", "pods services configmaps events"), rule("get", "pods/log")))).toEqual(
      [],
    );
  });
});

describe("findings of a tree", () => {
  it("are errors where a risk is critical or high, the worst first", () => {
    const findings = riskFindings(
      heldIn("shop", rule("delete", "pods"), rule("create", "deployments", "apps"), rule("list", "secrets")),
    );
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["risky-permission", "error"],
      ["risky-permission", "error"],
      ["risky-permission", "warning"],
    ]);
    expect(findings[0]?.message).toBe(
      "r may read Secrets (list secrets), held by the group team in shop: A list or a watch shows what is in them as a get does: passwords, keys, and tokens of other identities.",
    );
  });
});
