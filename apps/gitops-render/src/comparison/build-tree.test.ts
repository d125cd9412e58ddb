import { isObjectPath } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { treeOfFiles } from "./build-tree.ts";
import { isManifestPath, mayHold } from "./tree-layout.ts";

const role = (name: string): string =>
  `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: ${name}, namespace: team-data }\n`;

const folder = "application/production/data/cart";
const index = (...names: string[]): string =>
  JSON.stringify({
    version: 1,
    files: Object.fromEntries(names.map((name) => [`${folder}/${name}`, { component: "rbac", team: "data" }])),
  });

describe("a tree", () => {
  test("finds objects by kind, with a group where two kinds share a name", () => {
    const tree = treeOfFiles("a tree", new Map([[`${folder}/role-a.yaml`, role("a")]]));
    const namesOf = (...kinds: string[]): readonly string[] =>
      tree.objectsIn("production", ...kinds).map(({ identity }) => identity);
    const found = ["rbac.authorization.k8s.io/Role/team-data/a"];
    expect(namesOf()).toEqual(found);
    expect(namesOf("Role")).toEqual(found);
    expect(namesOf("RoleBinding", "rbac.authorization.k8s.io/Role")).toEqual(found);
    expect(namesOf("example.com/Role")).toEqual([]);
    expect(tree.objectsIn("staging")).toEqual([]);
  });

  test("reads a file that the index knows only for the kind in its name, and any other for every kind", () => {
    const files = new Map([
      ["index.json", index("role-a.yaml", "configmap-b.yaml")],
      [`${folder}/role-a.yaml`, role("a")],
      [`${folder}/configmap-b.yaml`, "a: b: c\n"],
      [`${folder}/configmap-somebody-wrote.yaml`, role("c")],
    ]);
    const tree = treeOfFiles("a tree", files);
    expect(tree.objectsIn("production", "Role").map(({ resource }) => resource.metadata.name)).toEqual(["c", "a"]);
    expect(tree.findings()).toEqual([]);
    expect(tree.unknownFiles).toEqual([`${folder}/configmap-somebody-wrote.yaml`]);
    expect(tree.objectsIn("production", "ConfigMap")).toEqual([]);
    expect(tree.findings()).toMatchObject([{ code: "not-compared" }]);
  });

  test("says whose an object is: as its index says, else as its labels do", () => {
    const labelled = role("c").replace("name: c", "name: c, labels: { plinth.dev/team: ml }");
    const tree = treeOfFiles(
      "a tree",
      new Map([
        ["index.json", index("role-a.yaml")],
        [`${folder}/role-a.yaml`, role("a")],
        [`${folder}/role-c.yaml`, labelled],
      ]),
    );
    expect(tree.objectsIn("production").map(({ entry }) => entry)).toEqual([
      { component: "rbac", team: "data" },
      { component: "", environment: "production", team: "ml" },
    ]);
  });
});

describe("a path", () => {
  test("is one of an object as it is for a render", () => {
    const paths = [
      "foundation/base/tenancy/namespace-a.yaml",
      "foundation/overlays/production/kustomization.yaml",
      "application/production/data/cart/role-a.yaml",
      "argocd/production/application-a.yaml",
      "flux/production/kustomization.kustomize.toolkit.fluxcd.io-a.yaml",
      "access/production/cluster-config.yaml",
      "docs/permissions/production.md",
    ];
    expect(paths.map((path) => isManifestPath(path, true))).toEqual(paths.map(isObjectPath));
  });

  test("names a kind, with its group and its namespace where Plinth writes them", () => {
    for (const name of ["role-a", "role.example.com-a", "team-data.role-a", "team.role.example.com-a"])
      expect(mayHold(`${folder}/${name}.yaml`, { kind: "Role" })).toBe(true);
    for (const name of ["rolebinding-a", "clusterrole-a", "configmap-role-a"])
      expect(mayHold(`${folder}/${name}.yaml`, { kind: "Role" })).toBe(false);
  });
});
