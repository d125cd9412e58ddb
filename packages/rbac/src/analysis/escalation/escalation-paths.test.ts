import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Atom } from "../../authorizer/atom.ts";
import { atomsOf } from "../../authorizer/atom.ts";
import { authorizerOf } from "../../authorizer/authorizer.ts";
import { subjectOf } from "../../authorizer/subject.ts";
import type { PolicyRule } from "../../roles/policy-rule.ts";
import {
  clusterRole,
  clusterRoleBinding,
  group,
  namespaceObject,
  rbacObjects,
  role,
  roleBinding,
  rule,
  serviceAccount,
  serviceAccountObject,
} from "../rbac-objects.fixture.ts";
import type { WorkloadServiceAccount } from "./cluster-facts.ts";
import { describePath, type EscalationPath, escalationPaths } from "./escalation-paths.ts";
import { describeIdentity, identityKey, isSubject } from "./identity.ts";

const rbac = "rbac.authorization.k8s.io";
const team = group("team");
/** The ends of what the group `team` reaches: `the service account shop/strong: same-namespace`. */
const endsOf = (resources: readonly Resource[], running?: readonly WorkloadServiceAccount[]): string[] =>
  escalationPaths(resources, running)
    .filter(({ from }) => from.name === "team")
    .map(({ to, end }) => `${describeIdentity(to)}: ${end}`);
/** The group `team` holds rules in the namespace shop. */
const inShop = (...rules: PolicyRule[]): Resource[] => [
  clusterRole("t", ...rules),
  roleBinding("shop", "ClusterRole", "t", team),
];
const inCluster = (...rules: PolicyRule[]): Resource[] => [clusterRole("t", ...rules), clusterRoleBinding("t", team)];
/** A ServiceAccount in shop that reads Secrets there. */
const strong: readonly Resource[] = [
  namespaceObject("shop", "restricted"),
  serviceAccountObject("shop", "strong"),
  role("shop", "secret-reader", rule("get", "secrets")),
  roleBinding("shop", "Role", "secret-reader", serviceAccount("strong", "shop")),
];
const toStrong = "the service account shop/strong: same-namespace";
const everything = "the group system:masters: everything";

describe("an escalation path", () => {
  it.each([
    ["create pods", rule("create", "pods")],
    ["change the template of a Deployment", rule("patch", "deployments", "apps")],
    ["write a Rollout", rule("update", "rollouts", "argoproj.io")],
    ["write a collector", rule("create", "opentelemetrycollectors", "opentelemetry.io")],
    ["enter pods", rule("get", "pods/exec")],
    ["attach to pods", rule("create", "pods/attach")],
    ["add an ephemeral container", rule("patch", "pods/ephemeralcontainers")],
    ["make a token", rule("create", "serviceaccounts/token", "", "strong")],
    ["impersonate", rule("impersonate", "serviceaccounts")],
    ["make and read Secrets", rule("create get", "secrets")],
  ])("begins with permission to %s", (_act, permission) => {
    const path = endsOf([...strong, ...inShop(permission)]);
    // Who reads Secrets already gains nothing by it.
    expect(path).toEqual(permission.resources?.[0] === "secrets" ? [] : [toStrong]);
  });

  it.each([
    ["see pods", rule("get list watch", "pods pods/log")],
    ["delete and evict pods", rule("delete", "pods")],
    ["forward ports", rule("create", "pods/portforward")],
    ["scale", rule("patch", "deployments/scale", "apps")],
    ["make a token of another ServiceAccount", rule("create", "serviceaccounts/token", "", "weak")],
    ["create pods by name, which no request to create bears", rule("create", "pods", "", "web")],
    [
      "write roles and bindings, which the API server keeps within what one has",
      rule("create patch", "roles rolebindings", rbac),
    ],
    ["bind a Role without writing bindings", rule("bind", "roles", rbac)],
  ])("does not begin with permission to %s", (_act, permission) => {
    expect(endsOf([...strong, ...inShop(permission)])).toEqual([]);
  });

  it("leads from one identity to the next, and prints its steps", () => {
    const resources = [
      ...strong,
      serviceAccountObject("bank", "vault"),
      clusterRole("nodes", rule("list", "nodes")),
      clusterRoleBinding("nodes", serviceAccount("vault", "bank")),
      clusterRole("runner", rule("create", "pods")),
      roleBinding("bank", "ClusterRole", "runner", serviceAccount("strong", "shop")),
      ...inShop(rule("create", "pods")),
    ];
    const path = escalationPaths(resources).find(
      ({ from, to }) => from.name === "team" && identityKey(to).endsWith("bank/vault"),
    );
    expect(path).toMatchObject({ end: "cluster", gains: [{ rules: [rule("list", "nodes")] }] });
    expect(path === undefined ? [] : describePath(path)).toEqual([
      "the group team (t in shop) becomes the service account shop/strong: runs a pod with it",
      "the service account shop/strong (runner in bank) becomes the service account bank/vault: runs a pod with it",
    ]);
    expect(endsOf(resources)).toEqual([
      toStrong.replace("same-namespace", "other-namespace"),
      "the service account bank/vault: cluster",
    ]);
  });

  it("ends at the cloud role of a ServiceAccount, also of one that mounts no token", () => {
    const account = serviceAccountObject(
      "shop",
      "quiet",
      { automountServiceAccountToken: false },
      { "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/quiet" },
    );
    const cloud = "the cloud role arn:aws:iam::111122223333:role/quiet: cloud-role";
    const shop = namespaceObject("shop", "restricted");
    expect(endsOf([shop, account, ...inShop(rule("create", "pods/exec"))])).toEqual([cloud]);
    expect(endsOf([shop, account, ...inShop(rule("create", "pods"))])).toEqual([cloud]);
    // EKS Pod Identity writes no annotation: the association is known beside the objects.
    expect(
      endsOf(
        [
          shop,
          serviceAccountObject("shop", "quiet", { automountServiceAccountToken: false }),
          ...inShop(rule("create", "pods")),
        ],
        [
          {
            kind: "ServiceAccount",
            name: "quiet",
            namespace: "shop",
            cloudRole: "arn:aws:iam::111122223333:role/quiet",
          },
        ],
      ),
    ).toEqual([cloud]);
    // A ServiceAccount is no cloud role that it gains.
    expect(
      escalationPaths([
        shop,
        account,
        clusterRole("t", rule("create", "pods")),
        roleBinding("shop", "ClusterRole", "t", serviceAccount("quiet", "shop")),
      ]),
    ).toEqual([]);
  });

  it("enters only pods that run, when it is said which do", () => {
    const resources = [...strong, ...inShop(rule("create", "pods/exec"))];
    expect(endsOf(resources, [])).toEqual([]);
    expect(endsOf(resources, [{ kind: "ServiceAccount", name: "strong", namespace: "shop" }])).toEqual([toStrong]);
    expect(endsOf([...strong, ...inShop(rule("create", "pods"))], [])).toEqual([toStrong]);
  });

  it("ends at the nodes where a pod may be privileged, or may be made so", () => {
    const makePods = rule("create", "pods");
    expect(endsOf([namespaceObject("shop", "baseline"), ...inShop(makePods)])).toEqual([]);
    expect(endsOf([namespaceObject("shop", "privileged"), ...inShop(makePods)])).toEqual(["root on nodes: node"]);
    expect(endsOf([namespaceObject("shop"), ...inShop(makePods)])).toEqual(["root on nodes: node"]);
    expect(endsOf([namespaceObject("shop", "restricted"), ...inShop(makePods, rule("patch", "namespaces"))])).toEqual([
      "root on nodes: node",
    ]);
    expect(
      endsOf([namespaceObject("shop", "restricted"), ...inShop(makePods, rule("patch", "namespaces", "", "bank"))]),
    ).toEqual([]);
    expect(endsOf([namespaceObject("shop", "restricted"), ...inShop(rule("patch", "namespaces"))])).toEqual([]);
  });

  it("goes on from the nodes only to everything", () => {
    const admin = [
      clusterRole("all", rule("*", "*", "*")),
      clusterRoleBinding("all", serviceAccount("argocd", "argocd")),
    ];
    const privileged = [namespaceObject("shop", "privileged"), ...inShop(rule("create", "pods"))];
    expect(endsOf([...privileged, ...admin])).toEqual(["the service account argocd/argocd: everything"]);
    expect(endsOf([...privileged, ...admin], [])).toEqual(["root on nodes: node"]);
  });

  it.each([
    ["kubelets", [rule("get", "nodes/proxy")], "root on nodes: node"],
    [
      "a mutating webhook",
      [rule("patch", "mutatingwebhookconfigurations", "admissionregistration.k8s.io")],
      everything,
    ],
    ["a policy that mutates", [rule("create", "mutatingpolicies", "policies.kyverno.io")], everything],
    ["aws-auth", [rule("update", "configmaps", "", "aws-auth")], everything],
    ["bind", [rule("bind", "clusterroles", rbac), rule("create", "clusterrolebindings", rbac)], everything],
    ["escalate", [rule("escalate patch", "clusterroles", rbac)], everything],
    ["impersonation of any group", [rule("impersonate", "users groups")], everything],
  ])("leads from the whole cluster through %s", (_way, rules, end) => {
    expect(endsOf(inCluster(...rules))).toContain(end);
    expect(endsOf(inShop(...rules))).not.toContain(end);
  });

  it.each([
    ["a validating webhook", [rule("patch", "validatingwebhookconfigurations", "admissionregistration.k8s.io")]],
    ["another ConfigMap", [rule("update", "configmaps", "", "web")]],
    ["bind without a binding", [rule("bind", "clusterroles", rbac)]],
    ["escalate without a change", [rule("escalate", "clusterroles", rbac)]],
    ["a change without escalate", [rule("patch create", "clusterroles clusterrolebindings", rbac)]],
    ["escalate of a role that it does not hold", [rule("escalate patch", "clusterroles", rbac, "other")]],
    ["groups without a user", [rule("impersonate", "groups")]],
    [
      "approval of requests that it cannot make",
      [rule("update", "certificatesigningrequests/approval", "certificates.k8s.io")],
    ],
  ])("does not lead there through %s", (_way, rules) => {
    expect(endsOf(inCluster(...rules))).toEqual([]);
  });

  it("binds a role by its name for exactly what that role holds", () => {
    const reader = clusterRole("reader", rule("get", "secrets"));
    const binds = [rule("bind", "clusterroles", rbac, "reader"), rule("create", "rolebindings", rbac)];
    expect(escalationPaths([reader, ...inShop(...binds)])).toMatchObject([
      { end: "same-namespace", gains: [{ namespace: "shop", rules: [rule("get", "secrets")] }] },
    ]);
    expect(endsOf(inShop(rule("bind", "clusterroles", rbac), rule("create", "rolebindings", rbac)))).toContain(
      "an owner of the namespace shop: same-namespace",
    );
  });

  it("signs a certificate for anybody but system:masters", () => {
    const ends = endsOf([
      clusterRole("all", rule("*", "*", "*")),
      clusterRoleBinding("all", group("admins")),
      ...inCluster(
        rule("create", "certificatesigningrequests", "certificates.k8s.io"),
        rule("update", "certificatesigningrequests/approval", "certificates.k8s.io"),
        rule("approve", "signers", "certificates.k8s.io", "kubernetes.io/kube-apiserver-client"),
      ),
    ]);
    expect(ends).toContain("the group admins: everything");
  });

  it("reads the token of a ServiceAccount out of a Secret", () => {
    const token: Resource = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "token", namespace: "shop", annotations: { "kubernetes.io/service-account.name": "strong" } },
      type: "kubernetes.io/service-account-token",
    };
    const reads = inShop(rule("get", "secrets", "", "token"));
    expect(endsOf([...strong, ...reads, token])).toEqual([toStrong]);
    expect(endsOf([...strong, ...reads])).toEqual([]);
  });

  it("is none for who may everything", () => {
    expect(endsOf([...strong, ...inCluster(rule("*", "*", "*"))])).toEqual([]);
  });
});

const escalatingRules: fc.Arbitrary<PolicyRule> = fc.oneof(
  fc.constantFrom(
    rule("create", "pods"),
    rule("create", "pods/exec"),
    rule("create", "serviceaccounts/token"),
    rule("impersonate", "users groups"),
    rule("impersonate", "serviceaccounts"),
    rule("create get", "secrets"),
    rule("patch", "namespaces"),
    rule("bind", "clusterroles", rbac, "a"),
    rule("create", "rolebindings", rbac),
    rule("escalate patch", "roles", rbac),
    rule("get list", "nodes"),
    rule("delete", "pods"),
  ),
);
const harmlessRules: fc.Arbitrary<PolicyRule> = fc.constantFrom(
  rule("get list watch", "pods services configmaps"),
  rule("delete", "pods"),
  rule("create patch", "services endpoints"),
  rule("create", "roles rolebindings", rbac),
  rule("get", "pods/log"),
  rule("patch", "deployments/scale", "apps"),
);
const accounts: readonly Resource[] = [
  namespaceObject("shop", "restricted"),
  serviceAccountObject("shop", "web"),
  serviceAccountObject("bank", "api"),
];
const pathKey = ({ from, to }: EscalationPath): string => `${identityKey(from)} -> ${identityKey(to)}`;

describe("escalation paths", () => {
  it("are none where nobody holds a permission that leads further", () => {
    fc.assert(
      fc.property(rbacObjects(harmlessRules), (resources) => {
        expect(
          escalationPaths([...accounts, ...resources.filter(({ metadata }) => metadata.namespace !== "kube-system")]),
        ).toEqual([]);
      }),
    );
  });

  it("end in permissions that the target has and the source has not", () => {
    fc.assert(
      fc.property(rbacObjects(escalatingRules), (generated) => {
        const resources = [...accounts, ...generated];
        const authorize = authorizerOf(resources);
        for (const { from, to, gains } of escalationPaths(resources)) {
          if (!isSubject(to)) continue;
          for (const { namespace, rules } of gains) {
            for (const atom of rules.flatMap(atomsOf)) {
              const request = requestOf(atom, namespace);
              // What every cluster has beside these objects is not among them.
              if (to.name !== "system:kube-controller-manager" && to.namespace !== "kube-system")
                expect(authorize(subjectOf(to), request).allowed).toBe(true);
              expect(authorize(subjectOf(from), request).allowed).toBe(false);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("stay when somebody gains a permission: each end is still reached, held by its source, or all is reached", () => {
    fc.assert(
      fc.property(rbacObjects(escalatingRules), rbacObjects(escalatingRules), (some, more) => {
        const before = [...accounts, ...some];
        const known = new Set(before.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`));
        const after = [
          ...before,
          ...more.filter(
            ({ kind, metadata }) =>
              kind.endsWith("Binding") && !known.has(`${kind} ${metadata.namespace} ${metadata.name}`),
          ),
        ];
        const later = escalationPaths(after);
        const reached = new Set(later.map(pathKey));
        const total = new Set(later.flatMap(({ from, end }) => (end === "everything" ? [identityKey(from)] : [])));
        const authorize = authorizerOf(after);
        for (const path of escalationPaths(before)) {
          if (reached.has(pathKey(path)) || total.has(identityKey(path.from))) continue;
          for (const { namespace, rules } of path.gains)
            for (const atom of rules.flatMap(atomsOf))
              expect(authorize(subjectOf(path.from), requestOf(atom, namespace)).allowed).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** A request that only this atom allows: what a wildcard stands for is something that no rule names. */
function requestOf(atom: Atom, namespace: string | undefined): Parameters<ReturnType<typeof authorizerOf>>[1] {
  const verb = atom.verb === "*" ? "other-verb" : atom.verb;
  if ("path" in atom) return { verb, path: atom.path.replace(/\*$/, "other") };
  return {
    verb,
    apiGroup: atom.apiGroup === "*" ? "other.example.com" : atom.apiGroup,
    resource: atom.resource.replace("*", "others"),
    ...(namespace === undefined ? {} : { namespace }),
    name: atom.name ?? "other-name",
  };
}
