import { plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { parseCel } from "../admission/cel-syntax.ts";
import { cleanUp, cleanUpsIn } from "./clean-up-component.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [development] = platform.environments;
if (development === undefined) throw new Error("the example has two environments");
const { files, findings } = plan(platform, [cleanUp]);

function resourcesIn(environment: string): readonly Resource[] {
  return files.flatMap(({ entry, resource }) =>
    entry.environment === environment && resource !== undefined ? [resource] : [],
  );
}

const permissionsIn = (environment: string): unknown =>
  resourcesIn(environment).find(({ kind }) => kind === "ClusterRole")?.["rules"];

describe("clean-ups", () => {
  test("are rendered without an error", () => {
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("give Kyverno the permission to list and delete what they are about, and no more", () => {
    expect(permissionsIn("production")).toEqual([
      { apiGroups: ["batch"], resources: ["jobs"], verbs: ["delete", "list"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["delete", "list"] },
    ]);
  });

  test("delete no namespace in production", () => {
    expect(JSON.stringify(resourcesIn("production"))).not.toContain('"namespaces"');
    expect(JSON.stringify(permissionsIn("development"))).toContain('"namespaces"');
  });

  test("are about namespaces of teams by name, or about previews by name and label", () => {
    const namespaces = platform.teams.map(({ namespace }) => namespace).sort();
    for (const { scope, name } of cleanUpsIn(platform, development)) {
      const policy = resourcesIn("development").find(({ metadata }) => metadata.name === name);
      const conditions = JSON.stringify(policy?.["spec"]);
      if (scope === "team-namespaces") expect(conditions).toContain(JSON.stringify(namespaces));
      else expect(conditions).toContain("-preview-");
    }
  });

  test("miss a controller that the platform does not run", () => {
    const without = examplePlatform({
      components: [{ name: "kyverno-admission-controller", namespace: "kyverno", podLabels: { app: "kyverno" } }],
    });
    expect(cleanUp.check?.(without, {}).map(({ code }) => code)).toEqual(["without-effect"]);
  });
});

describe.each(cleanUpsIn(platform, development).map((each) => [each.name, each] as const))("%s", (_, each) => {
  test("is CEL that parses", () => {
    for (const { expression } of [...Object.values(each.conditions), ...Object.values(each.variables)])
      expect(parseCel(expression)).not.toHaveProperty("problem");
  });

  test("is tried on objects that go and on more that stay than it has conditions", () => {
    const { deletes, keeps } = each.trials((hours) =>
      new Date(Date.UTC(2026, 0, 31) - hours * 3_600_000).toISOString(),
    );
    expect(deletes.length).toBeGreaterThan(0);
    expect(keeps.length).toBeGreaterThanOrEqual(Object.keys(each.conditions).length);
  });
});
