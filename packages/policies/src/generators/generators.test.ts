import { plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { templateOf } from "./generation.ts";
import { generatorRole } from "./generator-role.ts";
import { createGenerators, generatorPolicies, generators } from "./generators.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const { files, findings } = plan(platform, [generators]);

function resourcesIn(environment: string): readonly Resource[] {
  return files.flatMap(({ entry, resource }) =>
    entry.environment === environment && resource !== undefined ? [resource] : [],
  );
}

describe("generators", () => {
  test("are rendered without an error, for each team where there are previews", () => {
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const names = resourcesIn("development").flatMap(({ kind, metadata }) =>
      kind === "GeneratingPolicy" ? [metadata.name] : [],
    );
    expect(names.toSorted()).toEqual([
      ...platform.teams.map(({ name }) => `bootstrap-previews-of-${name}`).toSorted(),
      "generate-disruption-budgets",
    ]);
  });

  test("make nothing but disruption budgets in production, and may make nothing else", () => {
    expect(resourcesIn("production").map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "ClusterRole policies-generate",
      "GeneratingPolicy generate-disruption-budgets",
    ]);
    expect(resourcesIn("production")[0]?.["rules"]).toEqual([
      { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] },
      {
        apiGroups: ["policy"],
        resources: ["poddisruptionbudgets"],
        verbs: ["create", "delete", "get", "list", "update", "watch"],
      },
    ]);
  });

  test("know the path of every kind that they make", () => {
    const [development] = platform.environments;
    if (development === undefined) throw new Error("the example has two environments");
    const { generations } = generatorPolicies(platform, development);
    const kinds = new Set(
      generations.flatMap(({ trials }) => trials.flatMap(({ makes }) => makes.map(({ kind }) => kind))),
    );
    const rules = JSON.stringify(generatorRole(generations)["rules"]);
    for (const kind of kinds) expect(rules).toContain(`${kind.toLowerCase().replace(/y$/, "ie")}s`);
  });

  test("let Kyverno bind the roles of teams and no others", () => {
    const role = resourcesIn("development").find(({ kind }) => kind === "ClusterRole");
    const rules = role?.["rules"];
    expect(rules).toContainEqual({
      apiGroups: ["rbac.authorization.k8s.io"],
      resources: ["clusterroles"],
      resourceNames: ["namespace-admin", "namespace-developer", "namespace-viewer"],
      verbs: ["bind"],
    });
    expect(JSON.stringify(rules)).not.toContain("*");
  });

  test("are for namespaces with the team's label and the team's prefix", () => {
    const [policy] = resourcesIn("development").filter(({ metadata }) => metadata.name.startsWith("bootstrap-"));
    const [team] = platform.teams.filter(({ name }) => policy?.metadata.name === `bootstrap-previews-of-${name}`);
    expect(policy?.["spec"]).toMatchObject({
      matchConstraints: {
        objectSelector: { matchLabels: { "plinth.dev/preview-of": team?.name } },
        // Without UPDATE, a change of the namespace would take everything away that was made for it.
        resourceRules: [{ operations: ["CREATE", "UPDATE"], resources: ["namespaces"] }],
      },
      matchConditions: [{ expression: `object.metadata.name.startsWith('${team?.namespace}-preview-')` }],
    });
  });

  test("keep to the environments that they are given", () => {
    const paths = plan(platform, [createGenerators({ environments: [] })]).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("preview"))).toEqual([]);
  });

  test("refuse unknown environments, production, and what is no quantity", () => {
    const check = createGenerators({
      environments: ["developement", "production"],
      quota: { cpu: "two", memory: "4Gi", pods: 20, storage: "10Gi" },
    }).check;
    expect(check?.(platform, {}).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "unknown-reference previews.environments[0]",
      "conflicting-fields previews.environments[1]",
      "invalid-field previews.quota.cpu",
    ]);
  });

  test("refuse a team's namespace that looks like a preview of another", () => {
    const teams = [exampleTeam("backend"), exampleTeam("other", { namespace: "team-backend-preview-own" })];
    const confusing = examplePlatform({ teams, services: [], dataStores: [] });
    expect(generators.check?.(confusing, {}).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "conflicting-fields teams[other].namespace",
    ]);
  });
});

describe("a template", () => {
  test("puts the trigger's name where an object says its namespace", () => {
    const resource = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" }, data: { c: "d" } };
    expect(templateOf([resource])).toContain("namespace: (( object.metadata.name ))");
  });

  test("keeps what only looks like an expression", () => {
    const resource = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { c: "((d))" } };
    expect(templateOf([resource])).toContain("\\((d))");
  });
});
