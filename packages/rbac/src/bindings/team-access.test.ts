import { environmentNamed, teamNamed } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { platformAccess } from "./platform-access.ts";
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
    expect(teamAccess.check?.(platform)).toMatchObject([
      { code: "invalid-field", severity: "error", path: "groups.viewers" },
      { code: "invalid-field", severity: "error", path: "teams[backend].groups.admins", example: '"masters"' },
    ]);
    expect(teamAccess.check?.(examplePlatform())).toEqual([]);
  });
});

describe("the platform's viewers", () => {
  it("see the cluster: one role, one binding, equal in every environment", () => {
    expect(platformAccess.shared?.(examplePlatform()).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ClusterRole platform-viewer",
      "ClusterRoleBinding platform-viewer",
    ]);
  });
});
