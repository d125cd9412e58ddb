import type { Resource } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { containmentFindings } from "./containment-findings.ts";
import {
  clusterRole,
  clusterRoleBinding,
  group,
  role,
  roleBinding,
  rule,
  serviceAccount,
  serviceAccountObject,
} from "./rbac-objects.fixture.ts";

const team = group("team");
const reader = clusterRole("reader", rule("get list", "pods"));

describe("containment", () => {
  const contained = [["viewer", "developer"]] as const;
  const bound = (...roles: Resource[]): Resource[] => [
    ...roles,
    ...roles.map(({ metadata }) => clusterRoleBinding(metadata.name, team)),
  ];

  it("holds where the greater role may all of the lesser, said in other rules", () => {
    const roles = bound(
      clusterRole("viewer", rule("get list", "pods services")),
      clusterRole("developer", rule("list get delete", "pods"), rule("get list", "services")),
    );
    expect(containmentFindings(roles, { contained })).toEqual([]);
  });

  it("names what is missing, and is broken by a wildcard that is not matched", () => {
    expect(
      containmentFindings(
        bound(clusterRole("viewer", rule("get", "pods secrets")), clusterRole("developer", rule("get", "pods"))),
        { contained },
      ),
    ).toMatchObject([
      { code: "conflicting-fields", message: "viewer may something that developer may not: get secrets" },
    ]);
    expect(
      containmentFindings(
        bound(clusterRole("viewer", rule("get", "*")), clusterRole("developer", rule("get", "pods services secrets"))),
        { contained },
      ),
    ).toHaveLength(1);
    expect(
      containmentFindings(
        bound(clusterRole("viewer", rule("get", "pods")), clusterRole("developer", rule("get", "pods", "", "one"))),
        { contained },
      ),
    ).toHaveLength(1);
  });

  it("passes over a pair of which one is not there", () => {
    expect(containmentFindings(bound(clusterRole("viewer", rule("get", "pods"))), { contained })).toEqual([]);
  });
});

describe("a binding", () => {
  it("of a role that is not there is a finding with the nearest name", () => {
    expect(
      containmentFindings([reader, clusterRoleBinding("reader", team), clusterRoleBinding("raeder", team)]),
    ).toMatchObject([{ code: "unknown-reference", path: "roleRef.name", hint: "did you mean reader?" }]);
    expect(
      containmentFindings([
        role("bank", "reader", rule("get", "pods")),
        roleBinding("bank", "Role", "reader", team),
        roleBinding("shop", "Role", "reader", team),
      ]),
    ).toMatchObject([{ message: 'there is no Role "reader" in shop: the binding gives nothing' }]);
  });

  it("of a role of Kubernetes itself is none", () => {
    expect(
      containmentFindings([
        roleBinding("shop", "ClusterRole", "view", team),
        clusterRoleBinding("system:auth-delegator", team),
      ]),
    ).toEqual([]);
  });

  it("of nobody is without effect", () => {
    expect(containmentFindings([reader, clusterRoleBinding("reader")])).toMatchObject([
      { code: "without-effect", path: "subjects" },
    ]);
  });

  it("of a ServiceAccount that its namespace has not is one, where the namespace's are known", () => {
    const bind = roleBinding("shop", "ClusterRole", "reader", serviceAccount("wbe", "shop"));
    expect(containmentFindings([reader, serviceAccountObject("shop", "web"), bind])).toMatchObject([
      { code: "unknown-reference", message: "the service account shop/wbe does not exist", hint: "did you mean web?" },
    ]);
    expect(containmentFindings([reader, serviceAccountObject("shop", "wbe"), bind])).toEqual([]);
    expect(containmentFindings([reader, bind])).toEqual([]);
    expect(containmentFindings([reader, serviceAccountObject("shop", "web"), bind], { shared: ["shop"] })).toEqual([]);
  });
});

describe("a role", () => {
  it("that is bound nowhere is without effect, unless it is bound on demand or a part of another", () => {
    expect(containmentFindings([reader])).toMatchObject([{ code: "without-effect" }]);
    expect(containmentFindings([role("shop", "r", rule("get", "pods"))])).toMatchObject([{ code: "without-effect" }]);
    expect(containmentFindings([reader], { boundOnDemand: ["reader"] })).toEqual([]);
    const label = { "rbac.authorization.k8s.io/aggregate-to-view": "true" };
    expect(containmentFindings([{ ...reader, metadata: { name: "reader", labels: label } }])).toEqual([]);
    const outer: Resource = {
      ...clusterRole("outer"),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: "outer" } }] },
    };
    const part: Resource = { ...reader, metadata: { name: "reader", labels: { to: "outer" } } };
    expect(containmentFindings([outer, part, clusterRoleBinding("outer", team)])).toEqual([]);
  });
});
