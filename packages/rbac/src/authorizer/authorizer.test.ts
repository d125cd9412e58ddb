import { buildUntypedResource, type Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyRule } from "../roles/policy-rule.ts";
import type { AccessRequest } from "./access-request.ts";
import { authorizerOf, canI } from "./authorizer.ts";
import { memberOf, type Subject, serviceAccountNamed } from "./subject.ts";

const apiVersion = "rbac.authorization.k8s.io/v1";
const apiGroup = "rbac.authorization.k8s.io";

interface SubjectFields {
  kind: string;
  name: string;
  namespace?: string;
}

const group = (name: string): SubjectFields => ({ kind: "Group", name });
const clusterRole = (name: string, ...rules: PolicyRule[]): Resource =>
  buildUntypedResource({ apiVersion, kind: "ClusterRole", metadata: { name }, rules });
const role = (name: string, namespace: string, ...rules: PolicyRule[]): Resource =>
  buildUntypedResource({ apiVersion, kind: "Role", metadata: { name, namespace }, rules });
const aggregated = (name: string, labels: Record<string, string>, ...clusterRoleSelectors: object[]): Resource =>
  buildUntypedResource({
    apiVersion,
    kind: "ClusterRole",
    metadata: { name, labels },
    aggregationRule: { clusterRoleSelectors },
  });
const labelled = (resource: Resource, labels: Record<string, string>): Resource => ({
  ...resource,
  metadata: { ...resource.metadata, labels },
});
const clusterRoleBinding = (roleName: string, ...subjects: SubjectFields[]): Resource =>
  buildUntypedResource({
    apiVersion,
    kind: "ClusterRoleBinding",
    metadata: { name: `bind-${roleName}` },
    roleRef: { apiGroup, kind: "ClusterRole", name: roleName },
    subjects,
  });
const roleBinding = (namespace: string, kind: string, roleName: string, ...subjects: SubjectFields[]): Resource =>
  buildUntypedResource({
    apiVersion,
    kind: "RoleBinding",
    metadata: { name: `bind-${roleName}`, namespace },
    roleRef: { apiGroup, kind, name: roleName },
    subjects,
  });

const anne = memberOf("team");
const getPods = { verb: "get", resource: "pods", namespace: "shop" };
const readPods: PolicyRule = { apiGroups: [""], resources: ["pods"], verbs: ["get", "list"] };
const allows = (resources: readonly Resource[], request: AccessRequest, subject: Subject = anne): boolean =>
  canI(resources, subject, request).allowed;
/** True when somebody who holds this rule everywhere may do that. */
const ruleAllows = (rule: PolicyRule, request: AccessRequest): boolean =>
  allows([clusterRole("r", rule), clusterRoleBinding("r", group("team"))], request);

describe("a binding", () => {
  it("gives nothing to whom it does not name", () => {
    expect(allows([clusterRole("r", readPods), clusterRoleBinding("r", group("others"))], getPods)).toBe(false);
  });

  it("in a namespace gives a ClusterRole there and nowhere else", () => {
    const resources = [clusterRole("r", readPods), roleBinding("shop", "ClusterRole", "r", group("team"))];
    expect(allows(resources, getPods)).toBe(true);
    expect(allows(resources, { ...getPods, namespace: "other" })).toBe(false);
    expect(allows(resources, { verb: "list", resource: "pods" })).toBe(false);
  });

  it("of a Role finds it in its own namespace only", () => {
    expect(allows([role("r", "shop", readPods), roleBinding("shop", "Role", "r", group("team"))], getPods)).toBe(true);
    expect(allows([role("r", "other", readPods), roleBinding("shop", "Role", "r", group("team"))], getPods)).toBe(
      false,
    );
  });

  it("of a role that is not there gives nothing", () => {
    expect(allows([clusterRoleBinding("missing", group("team"))], getPods)).toBe(false);
  });

  it("names a ServiceAccount of its own namespace when it says none, and none of the cluster", () => {
    const pod = serviceAccountNamed("web", "shop");
    const inShop = [
      clusterRole("r", readPods),
      roleBinding("shop", "ClusterRole", "r", { kind: "ServiceAccount", name: "web" }),
    ];
    expect(allows(inShop, getPods, pod)).toBe(true);
    expect(allows(inShop, getPods, serviceAccountNamed("web", "other"))).toBe(false);
    expect(
      allows(
        [clusterRole("r", readPods), clusterRoleBinding("r", { kind: "ServiceAccount", name: "web" })],
        getPods,
        pod,
      ),
    ).toBe(false);
    expect(
      allows(
        [
          clusterRole("r", readPods),
          clusterRoleBinding("r", { kind: "ServiceAccount", name: "web", namespace: "shop" }),
        ],
        getPods,
        pod,
      ),
    ).toBe(true);
    expect(
      allows([clusterRole("r", readPods), clusterRoleBinding("r", group("system:serviceaccounts:shop"))], getPods, pod),
    ).toBe(true);
    expect(
      allows(
        [clusterRole("r", readPods), clusterRoleBinding("r", { kind: "User", name: "system:serviceaccount:shop:web" })],
        getPods,
        pod,
      ),
    ).toBe(true);
  });
});

describe("a rule", () => {
  it("tells a resource and its subresources apart", () => {
    expect(
      ruleAllows({ apiGroups: [""], resources: ["pods"], verbs: ["get"] }, { verb: "get", resource: "pods/log" }),
    ).toBe(false);
    expect(
      ruleAllows({ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }, { verb: "get", resource: "pods" }),
    ).toBe(false);
    expect(
      ruleAllows({ apiGroups: [""], resources: ["pods/*"], verbs: ["get"] }, { verb: "get", resource: "pods/log" }),
    ).toBe(false);
  });

  it("means a subresource of everything by a star before the slash, and everything by a star", () => {
    expect(
      ruleAllows(
        { apiGroups: ["apps"], resources: ["*/scale"], verbs: ["get"] },
        { verb: "get", apiGroup: "apps", resource: "deployments/scale" },
      ),
    ).toBe(true);
    expect(
      ruleAllows(
        { apiGroups: ["apps"], resources: ["*/scale"], verbs: ["get"] },
        { verb: "get", apiGroup: "apps", resource: "deployments" },
      ),
    ).toBe(false);
    expect(
      ruleAllows(
        { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
        { verb: "escalate", apiGroup: "apps", resource: "deployments/scale" },
      ),
    ).toBe(true);
  });

  it("with names allows those, and no list", () => {
    const rule: PolicyRule = {
      apiGroups: [""],
      resources: ["configmaps"],
      resourceNames: ["web"],
      verbs: ["get", "list"],
    };
    expect(ruleAllows(rule, { verb: "get", resource: "configmaps", namespace: "shop", name: "web" })).toBe(true);
    expect(ruleAllows(rule, { verb: "get", resource: "configmaps", namespace: "shop", name: "api" })).toBe(false);
    expect(ruleAllows(rule, { verb: "list", resource: "configmaps", namespace: "shop" })).toBe(false);
  });

  it("keeps groups apart", () => {
    expect(
      ruleAllows(
        { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
        { verb: "get", resource: "deployments" },
      ),
    ).toBe(false);
  });

  it("about paths ends in a star or means one path, and holds for the cluster only", () => {
    const rule: PolicyRule = { nonResourceURLs: ["/healthz", "/logs/*"], verbs: ["get"] };
    expect(ruleAllows(rule, { verb: "get", path: "/healthz" })).toBe(true);
    expect(ruleAllows(rule, { verb: "get", path: "/healthz/etcd" })).toBe(false);
    expect(ruleAllows(rule, { verb: "get", path: "/logs/kubelet" })).toBe(true);
    expect(ruleAllows(rule, { verb: "post", path: "/healthz" })).toBe(false);
    expect(
      allows([clusterRole("r", rule), roleBinding("shop", "ClusterRole", "r", group("team"))], {
        verb: "get",
        path: "/healthz",
      }),
    ).toBe(false);
  });
});

describe("an aggregated ClusterRole", () => {
  const selectors = [{ matchLabels: { "shop.example.com/to": "reader" } }];
  const part = labelled(clusterRole("part", readPods), { "shop.example.com/to": "reader" });

  it("has the rules of the roles that it selects, through aggregated ones and in circles", () => {
    const outer = aggregated(
      "outer",
      { circle: "yes" },
      { matchExpressions: [{ key: "circle", operator: "In", values: ["yes"] }] },
    );
    const inner = aggregated("inner", { circle: "yes" }, { matchLabels: { circle: "yes" } }, ...selectors);
    expect(allows([outer, inner, part, clusterRoleBinding("outer", group("team"))], getPods)).toBe(true);
  });

  it("has none of its own: the controller writes over them", () => {
    const own = {
      ...aggregated("own", {}, ...selectors),
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
    };
    const resources = [own, part, clusterRoleBinding("own", group("team"))];
    expect(allows(resources, getPods)).toBe(true);
    expect(allows(resources, { verb: "get", resource: "secrets", namespace: "shop" })).toBe(false);
  });

  it.each([
    [{ key: "tier", operator: "Exists" }, true],
    [{ key: "tier", operator: "DoesNotExist" }, false],
    [{ key: "tier", operator: "NotIn", values: ["low"] }, true],
    [{ key: "tier", operator: "NotIn", values: ["high"] }, false],
    [{ key: "other", operator: "NotIn", values: ["high"] }, true],
    [{ key: "tier", operator: "Near" }, false],
  ])("reads the requirement %j", (requirement, expected) => {
    const resources = [
      aggregated("a", {}, { matchExpressions: [requirement] }),
      labelled(clusterRole("part", readPods), { tier: "high" }),
      clusterRoleBinding("a", group("team")),
    ];
    expect(allows(resources, getPods)).toBe(expected);
  });
});

describe("a decision", () => {
  it("names binding, role and rule", () => {
    const granted = clusterRole("r", readPods);
    const binding = clusterRoleBinding("r", group("team"));
    expect(canI([granted, binding], anne, getPods)).toMatchObject({
      allowed: true,
      because: { binding, role: granted, rule: readPods },
    });
  });

  it("lets system:masters pass without asking", () => {
    expect(canI([], memberOf("system:masters"), { verb: "delete", resource: "namespaces", name: "shop" })).toEqual({
      allowed: true,
      because: "system:masters",
    });
  });
});

const names = fc.constantFrom("a", "b");
const rules: fc.Arbitrary<PolicyRule[]> = fc.array(
  fc.record({
    apiGroups: fc.subarray(["", "apps", "*"]),
    resources: fc.subarray(["pods", "pods/log", "deployments", "*/log", "*"]),
    resourceNames: fc.subarray(["web"]),
    verbs: fc.subarray(["get", "list", "*"]),
  }),
  { maxLength: 3 },
);
const subjects = fc.array(
  fc.record({ kind: fc.constantFrom("Group", "User"), name: fc.constantFrom("team", "others") }),
  { maxLength: 2 },
);
const objects: fc.Arbitrary<Resource[]> = fc.uniqueArray(
  fc.oneof(
    fc.tuple(names, rules).map(([name, given]) => clusterRole(name, ...given)),
    fc.tuple(names, names, rules).map(([name, namespace, given]) => role(name, namespace, ...given)),
    fc.tuple(names, subjects).map(([name, given]) => clusterRoleBinding(name, ...given)),
    fc
      .tuple(names, fc.constantFrom("Role", "ClusterRole"), names, subjects)
      .map(([namespace, kind, name, given]) => roleBinding(namespace, kind, name, ...given)),
  ),
  { maxLength: 8, selector: ({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}` },
);
const requests: fc.Arbitrary<AccessRequest> = fc.record(
  {
    verb: fc.constantFrom("get", "list", "create"),
    apiGroup: fc.constantFrom("", "apps"),
    resource: fc.constantFrom("pods", "pods/log", "deployments"),
    namespace: names,
    name: fc.constantFrom("web", "api"),
  },
  { requiredKeys: ["verb", "resource"] },
);

describe("the authorizer", () => {
  it("decides the same in any order of the objects", () => {
    const shuffled = objects.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, requests, ([given, other], request) => {
        expect(canI(other, anne, request)).toEqual(canI(given, anne, request));
      }),
    );
  });

  it("never takes a permission back when an object is added", () => {
    fc.assert(
      fc.property(objects, requests, (given, request) => {
        const authorize = authorizerOf(given);
        for (let length = 0; length < given.length; length++) {
          if (canI(given.slice(0, length), anne, request).allowed) expect(authorize(anne, request).allowed).toBe(true);
        }
      }),
    );
  });

  it("gives in a namespace what is given in the cluster", () => {
    fc.assert(
      fc.property(objects, requests, (given, request) => {
        const authorize = authorizerOf(given);
        if ("path" in request || !authorize(anne, { ...request, namespace: "" }).allowed) return;
        expect(authorize(anne, { ...request, namespace: "a" }).allowed).toBe(true);
      }),
    );
  });

  it("reads a malformed object as one that grants nothing", () => {
    const broken: Resource[] = [
      {
        apiVersion,
        kind: "ClusterRole",
        metadata: { name: "r" },
        rules: [null, 7, { verbs: "get", resources: ["pods"], apiGroups: [""] }],
      },
      { apiVersion, kind: "ClusterRoleBinding", metadata: { name: "r" }, roleRef: null, subjects: "team" },
      {
        apiVersion,
        kind: "ClusterRoleBinding",
        metadata: { name: "s" },
        roleRef: { kind: "ClusterRole", name: "r" },
        subjects: [group("team")],
      },
    ];
    expect(allows(broken, getPods)).toBe(false);
  });
});
