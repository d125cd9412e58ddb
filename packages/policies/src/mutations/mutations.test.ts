import { type EnvironmentInput, type Platform, plan, type Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { parseCel } from "../admission/cel-syntax.ts";
import { mutationIn } from "./mutation.ts";
import { mutationCatalog } from "./mutation-catalog.ts";
import { createMutations, mutations } from "./mutations.ts";

const levels = { audit: "restricted", warn: "restricted" } as const;

function platformWith(admission: EnvironmentInput["admission"]): Platform {
  return examplePlatform({ environments: [exampleDevelopment(), exampleProduction({ admission })] });
}

const platform = platformWith({ enforce: "all", podSecurity: { enforce: "restricted", ...levels } });
const [, production] = platform.environments;
if (production === undefined) throw new Error("the example has two environments");

function policiesOf(rendered: Platform): readonly Resource[] {
  return plan(rendered, [mutations]).files.flatMap(({ entry, resource }) =>
    entry.environment === "production" && resource !== undefined ? [resource] : [],
  );
}

const namesOf = (rendered: Platform): readonly string[] => policiesOf(rendered).map(({ metadata }) => metadata.name);

describe("mutations", () => {
  test("are rendered without a finding", () => {
    expect(plan(platform, [mutations]).findings).toEqual([]);
  });

  test("change nothing where admission only reports", () => {
    const lenient = platformWith({ enforce: "none", podSecurity: { enforce: "restricted", ...levels } });
    expect(namesOf(lenient)).toEqual([]);
  });

  test("harden pods only where Pod Security would refuse them", () => {
    const baseline = platformWith({ enforce: "all", podSecurity: { enforce: "baseline", ...levels } });
    expect(namesOf(baseline)).not.toContain("default-security-context");
    expect(namesOf(platform)).toContain("default-security-context");
  });

  test("are about what is created in the namespaces of teams, and about nothing else", () => {
    const namespaces = platform.teams.map(({ namespace }) => namespace).sort();
    for (const policy of policiesOf(platform))
      expect(policy["spec"]).toMatchObject({
        failurePolicy: "Ignore",
        autogen: { podControllers: { controllers: [] } },
        evaluation: { mutateExisting: { enabled: false } },
        matchConstraints: {
          namespaceSelector: {
            matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: namespaces }],
          },
          resourceRules: [{ operations: ["CREATE"] }],
        },
      });
  });

  test("have a page each, with an object before and after", () => {
    const documents = mutations.documents?.(platform) ?? [];
    const [index, ...pages] = documents;
    expect(pages.map(({ path }) => path)).toEqual(mutationCatalog.map(({ name }) => `docs/policies/${name}.md`));
    for (const { name } of mutationCatalog) expect(index?.text).toContain(`](${name}.md)`);
    for (const { text } of pages) expect(text).toMatch(/## Sent[\s\S]*## Stored/);
  });

  test("of one name are a finding, as is a name that Kubernetes does not take", () => {
    const [first] = mutationCatalog;
    if (first === undefined) throw new Error("the catalogue is empty");
    const check = createMutations([first, first, { ...first, name: "Default_TTL" }]).check;
    expect(check?.(platform, {}).map(({ code, path }) => `${code} ${path}`)).toEqual([
      "duplicate-name mutations[1].name",
      "invalid-field mutations[2].name",
    ]);
  });
});

describe.each(mutationCatalog.map((mutation) => [mutation.name, mutation] as const))("%s", (_, mutation) => {
  const resolved = mutationIn(mutation, platform, production) ?? mutation;

  test("is CEL that parses", () => {
    const { conditions, variables, patches } = resolved;
    for (const { expression } of [...Object.values(conditions), ...Object.values(variables), ...patches])
      expect(parseCel(expression)).not.toHaveProperty("problem");
  });

  test("is tried on objects that it changes and on objects that it leaves alone", () => {
    expect(resolved.changes.length).toBeGreaterThan(0);
    expect(resolved.keeps.length).toBeGreaterThan(0);
    for (const { before, after } of resolved.changes) expect(after.resource).not.toEqual(before.resource);
  });

  test("only adds: what was sent is still there", () => {
    for (const { before, after } of resolved.changes) expect(after.resource).toMatchObject(before.resource);
  });
});
