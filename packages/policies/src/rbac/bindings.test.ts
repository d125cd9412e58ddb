import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import type { ObjectFixture } from "../admission/object-fixture.ts";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { disallowClusterAdminBindings, disallowClusterAdminInNamespaces } from "./disallow-cluster-admin.ts";
import { disallowEverybodyInClusterRoleBindings, disallowEverybodyInRoleBindings } from "./disallow-everybody.ts";

describe("bindings to cluster-admin", () => {
  test("are found in the cluster, and so are those to other roles that are named", () => {
    expect(
      disagreements(disallowClusterAdminBindings, ({ resource }, parameters) => {
        const name = valueTextAt(resource, "roleRef", "name");
        return listAt({ roles: parameters("roles") }, "roles").includes(name) ? [`roleRef is ${name}`] : [];
      }),
    ).toEqual([]);
  });

  test("are found in namespaces, where a Role of that name is another one", () => {
    expect(
      disagreements(disallowClusterAdminInNamespaces, ({ resource }) =>
        valueTextAt(resource, "roleRef", "kind") + valueTextAt(resource, "roleRef", "name") ===
        "ClusterRolecluster-admin"
          ? ["roleRef is cluster-admin"]
          : [],
      ),
    ).toEqual([]);
  });
});

describe("bindings to everybody", () => {
  const everybody = /^system:(anonymous|authenticated|masters|unauthenticated|serviceaccounts(:.+)?)$/;
  const found = ({ resource }: ObjectFixture): string[] =>
    listAt(resource, "subjects")
      .map((subject) => ({ kind: valueTextAt(subject, "kind"), name: valueTextAt(subject, "name") }))
      .filter(({ name }) => everybody.test(name))
      .map(({ kind, name }) => `subject ${kind} ${name} is not one team`);

  test.each([disallowEverybodyInClusterRoleBindings, disallowEverybodyInRoleBindings])("are found by $name", (policy) =>
    expect(disagreements(policy, found)).toEqual([]),
  );
});
