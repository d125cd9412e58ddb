import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyCatalog } from "./catalog.ts";
import { cel } from "./cel.ts";
import { pods } from "./match.ts";
import { parameterizedPolicy } from "./parameterized-policy.ts";
import { pod } from "./pod-fixture.ts";
import { policyIn, violation } from "./policy.ts";
import { policyFindings } from "./policy-findings.ts";

const platform = examplePlatform();
const [environment] = platform.environments;
if (environment === undefined) throw new Error("the example has environments");

const defaults: { readonly prefixes: readonly string[]; readonly most: number } = { prefixes: ["a/"], most: 3 };

const policy = parameterizedPolicy({
  defaults,
  parameters: { prefixes: "What images begin with.", most: "How many containers there may be." },
  from: ({ domain }) => ({ prefixes: [`${domain}/`] }),
  tried: [{ most: 1 }],
  policy: ({ prefixes, most }) => ({
    name: "prefixes",
    title: "Prefixes",
    category: "Supply Chain",
    severity: "low",
    why: "It is an example.",
    fix: `Begin with ${prefixes.join(" or ")}.`,
    match: pods(),
    offenders: cel`object.spec.containers.size() > ${most} || !${prefixes}.exists(p, object.spec.containers[0].image.startsWith(p)) ? ['x'] : []`,
    good: [pod({ containers: [{ image: `${prefixes[0]}x` }] })],
    bad: [violation(pod({ containers: [{ image: "z/x" }] }), "x")],
  }),
});

describe("a policy with parameters", () => {
  test("is made of its defaults, which become literals", () => {
    expect(policy.offenders.expression).toContain("> 3 || !['a/'].exists");
    expect(policy.parameters).toEqual({
      prefixes: { what: "What images begin with.", value: ["a/"] },
      most: { what: "How many containers there may be.", value: 3 },
    });
  });

  test("is tried with each of its values, its objects made anew", () => {
    const [variant] = policy.variants;
    expect(variant?.offenders.expression).toContain("> 1 || !['a/'].exists");
    expect(variant?.good).toEqual(policy.good);
  });

  test("has the values of an environment, and what it was told before those", () => {
    expect(policyIn(policy, platform, environment)?.fix).toBe("Begin with shop.example.com/.");
    const told = policy.with({ prefixes: ["b/", "c/"] });
    expect(told.fix).toBe("Begin with b/ or c/.");
    expect(policyIn(told, platform, environment)?.fix).toBe("Begin with b/ or c/.");
    expect(told.with({ most: 7 }).parameters["prefixes"]?.value).toEqual(["b/", "c/"]);
    expect(policyFindings([told])).toEqual([]);
  });

  test("takes a value as text, whatever it is: no value is ever code", () => {
    const hostile = "'] || true || ['";
    expect(policy.with({ prefixes: [hostile] }).offenders.expression).toContain("!['\\'] || true || [\\''].exists");
  });

  test("keeps its defaults when a value has another shape, and says so", () => {
    const values: object = { prefixes: "a/", most: "3", least: 1 };
    const told: typeof policy = Reflect.apply(policy.with, undefined, [values]);
    expect(told.offenders.expression).toBe(policy.offenders.expression);
    expect(policyFindings([told]).map(({ path, message, expected }) => [path, message, expected])).toEqual([
      ["policies[prefixes].parameters.prefixes", 'is "a/"', "a list of string"],
      ["policies[prefixes].parameters.most", 'is "3"', "a number"],
      ["policies[prefixes].parameters.least", "prefixes has no parameter least", "one of prefixes, most"],
    ]);
  });

  test("is not in environments whose Kubernetes is too old for it", () => {
    expect(policyIn({ ...policy, since: "1.36" }, platform, environment)).toBeDefined();
    expect(policyIn({ ...policy, since: "1.37" }, platform, environment)).toBeUndefined();
  });
});

describe("every policy of the catalogue with parameters", () => {
  test("is tried with other values than its defaults, and says what each is", () => {
    for (const { name, parameters, variants } of policyCatalog) {
      const values = Object.values(parameters);
      if (values.length === 0) continue;
      expect(variants.length, name).toBeGreaterThan(0);
      for (const { what } of values) expect(what).toMatch(/\.$/);
    }
  });
});
