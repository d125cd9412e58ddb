import { plan } from "@plinth/core";
import { examplePlatform, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { platformAccess } from "./platform-access.ts";

describe("the platform's groups", () => {
  it("hold one role each in the whole cluster; a role stands in the overlay where the environment decides", () => {
    expect(plan(examplePlatform(), [platformAccess]).files.map(({ path }) => path)).toEqual([
      ...["developer-base", "platform-viewer"].map(
        (name) => `foundation/base/platform-access/clusterrole-${name}.yaml`,
      ),
      ...["developer-base", "platform-admin", "platform-operator", "platform-viewer"].map(
        (name) => `foundation/base/platform-access/clusterrolebinding-${name}.yaml`,
      ),
      ...["development", "production"].flatMap((environment) =>
        ["platform-admin", "platform-operator"].map(
          (name) => `foundation/overlays/${environment}/platform-access/clusterrole-${name}.yaml`,
        ),
      ),
    ]);
  });

  it("are bound by the names that the platform gives them", () => {
    const platform = examplePlatform({ groups: { admins: "sre-leads", operators: "sre" } });
    const bound = (platformAccess.shared?.(platform) ?? []).flatMap(({ kind, metadata, subjects }) =>
      kind === "ClusterRoleBinding" && metadata.name.startsWith("platform-") ? [[metadata.name, subjects]] : [],
    );
    expect(bound).toEqual(
      [
        ["platform-viewer", "platform-viewers"],
        ["platform-operator", "sre"],
        ["platform-admin", "sre-leads"],
      ].map(([role, name]) => [role, [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name }]]),
    );
  });
});

describe("every team's groups", () => {
  it("hold developer-base by one binding, each once", () => {
    const platform = examplePlatform({
      teams: [
        exampleTeam("frontend", { groups: { viewers: "everybody" } }),
        exampleTeam("backend", { groups: { viewers: "zeta" } }),
      ],
    });
    const binding = platformAccess
      .shared?.(platform)
      .find(({ kind, metadata }) => kind === "ClusterRoleBinding" && metadata.name === "developer-base");
    expect(binding).toMatchObject({
      subjects: [
        "backend-admins",
        "backend-developers",
        "everybody",
        "frontend-admins",
        "frontend-developers",
        "zeta",
      ].map((name) => ({ name })),
    });
  });

  it("change one file when a team comes", () => {
    const texts = (names: readonly string[]): Map<string, string> =>
      new Map(
        plan(examplePlatform({ teams: names.map((name) => exampleTeam(name)), services: [], dataStores: [] }), [
          platformAccess,
        ]).files.map(({ path, text }) => [path, text()]),
      );
    const before = texts(["backend"]);
    expect(
      [...texts(["backend", "data"])].filter(([path, text]) => before.get(path) !== text).map(([path]) => path),
    ).toEqual(["foundation/base/platform-access/clusterrolebinding-developer-base.yaml"]);
  });
});
