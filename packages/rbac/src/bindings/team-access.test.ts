import { environmentNamed, type Platform, type Resource, teamNamed } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { teamAccess } from "./team-access.ts";

describe("the groups of a team", () => {
  it("hold one role each in the team's namespace", () => {
    const platform = examplePlatform({
      teams: [exampleTeam("backend", { groups: { admins: "leads" } }), exampleTeam("frontend")],
    });
    const bindings =
      teamAccess.perTeam?.(platform, environmentNamed(platform, "production"), teamNamed(platform, "backend")) ?? [];
    expect(bindings.map(({ kind, metadata, roleRef, subjects }) => ({ kind, ...metadata, roleRef, subjects }))).toEqual(
      [
        ["namespace-admin", "leads"],
        ["namespace-developer", "backend-developers"],
        ["namespace-viewer", "backend-viewers"],
      ].map(([name, group]) => ({
        kind: "RoleBinding",
        name,
        namespace: "team-backend",
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
      })),
    );
  });

  it("are not groups of Kubernetes itself", () => {
    const platform = examplePlatform({
      groups: { viewers: "system:authenticated" },
      teams: [exampleTeam("backend", { groups: { admins: "system:masters" } }), exampleTeam("frontend")],
    });
    expect(teamAccess.check?.(platform, {})).toMatchObject([
      { code: "invalid-field", severity: "error", path: "groups.viewers" },
      { code: "invalid-field", severity: "error", path: "teams[backend].groups.admins", example: '"masters"' },
    ]);
    expect(teamAccess.check?.(examplePlatform(), {})).toEqual([]);
  });
});

describe("groups of others", () => {
  const withBindings = (
    ...bindings: { group: string; role: string; environments?: string[]; because: string }[]
  ): Platform =>
    examplePlatform({ teams: [exampleTeam("backend", { tenancy: { bindings } }), exampleTeam("frontend")] });
  const additional = (platform: Platform, environment: string): readonly Resource[] =>
    (
      teamAccess.perTeam?.(platform, environmentNamed(platform, environment), teamNamed(platform, "backend")) ?? []
    ).filter(({ metadata }) => metadata.name.startsWith("additional-"));

  it("hold the role that the team gives them, in the environments that it says, for a reason", () => {
    const platform = withBindings(
      { group: "support", role: "namespace-viewer", because: "answers customers" },
      { group: "auditors", role: "namespace-viewer", because: "the yearly audit", environments: ["production"] },
    );
    expect(additional(platform, "production")).toMatchObject([
      {
        kind: "RoleBinding",
        metadata: {
          name: "additional-namespace-viewer",
          namespace: "team-backend",
          annotations: { "plinth.dev/because": "auditors: the yearly audit; support: answers customers" },
        },
        roleRef: { kind: "ClusterRole", name: "namespace-viewer" },
        subjects: [
          { kind: "Group", name: "auditors" },
          { kind: "Group", name: "support" },
        ],
      },
    ]);
    expect(additional(platform, "development")[0]).toMatchObject({ subjects: [{ name: "support" }] });
    expect(teamAccess.check?.(platform, {})).toEqual([]);
  });

  it.each(["platform-admin", "cluster-admin", "system:node", "edit", "namespace-rescuer"])("never hold %s", (role) => {
    if (role.includes(":")) return expect(() => withBindings({ group: "x", role, because: "y" })).toThrow();
    return expect(teamAccess.check?.(withBindings({ group: "support", role, because: "help" }), {})).toMatchObject([
      {
        code: "invalid-field",
        severity: "error",
        path: "teams[backend].tenancy.bindings[0].role",
        expected: "one of namespace-viewer, namespace-developer, namespace-admin",
      },
    ]);
  });

  it("hold a role that there is", () => {
    const platform = withBindings({ group: "support", role: "namespace-reader", because: "help" });
    expect(teamAccess.check?.(platform, {})).toMatchObject([{ code: "unknown-reference", severity: "error" }]);
  });

  it("are not the team's own with the role that it has, nor Kubernetes' own", () => {
    const platform = withBindings(
      { group: "backend-viewers", role: "namespace-viewer", because: "they see" },
      { group: "backend-viewers", role: "namespace-developer", because: "they stand in" },
      { group: "system:authenticated", role: "namespace-viewer", because: "everybody sees" },
    );
    expect(teamAccess.check?.(platform, {})).toMatchObject([
      { code: "invalid-field", path: "teams[backend].tenancy.bindings[2].group" },
      { code: "without-effect", severity: "warning", path: "teams[backend].tenancy.bindings[0]" },
    ]);
  });
});
