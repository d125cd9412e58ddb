import { ValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ValidatingPolicy";
import { type Platform, plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesSelector } from "../reachability/label-selector.ts";
import { admissionPolicies } from "./admission-policies.ts";
import { policyCatalog } from "./catalog.ts";
import { isClusterScoped } from "./match.ts";
import { controlsOf, policyIn } from "./policy.ts";
import { actionOf, type Rollout, rolloutOf } from "./rollout.ts";
import { actions, policyObjectName, validatingPolicies } from "./validating-policy.ts";

const policy = policyCatalog.find(({ match }) => match.kind === "pods");
if (policy === undefined) throw new Error("the catalogue has no policy about pods");

const clusterPolicies = policyCatalog.filter(({ match }) => isClusterScoped(match));
const namespacedPolicies = policyCatalog.filter(({ match }) => !isClusterScoped(match));
const baselinePolicies = policyCatalog.filter((candidate) =>
  controlsOf(candidate).some((control) => control.standard === "pod-security" && control.level === "baseline"),
);

/** Names of the policy objects that judge a namespace, with what they do. */
function judges(objects: readonly unknown[], namespace: string): string[] {
  return objects.flatMap((object) => {
    if (!ValidatingPolicy.is(object)) throw new TypeError(`${JSON.stringify(object)} is no ValidatingPolicy`);
    const { metadata, spec } = object;
    // The API server never skips what lives in no namespace.
    if (spec.matchConditions !== undefined) return [];
    const selector = spec.matchConstraints?.namespaceSelector ?? {};
    return matchesSelector(selector, { "kubernetes.io/metadata.name": namespace })
      ? [`${metadata?.name} ${spec.validationActions?.join()}`]
      : [];
  });
}

describe("a rollout", () => {
  const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const decision = fc.constantFrom<("audit" | "warn" | "enforce" | "none")[]>("audit", "warn", "enforce", "none");
  const decisions = fc.uniqueArray(fc.record({ name, decision }), { selector: (entry) => entry.name, maxLength: 12 });

  test("has each of its namespaces judged by exactly one object, at the action that it says, and no other namespace by any", () => {
    fc.assert(
      fc.property(decisions, (decided) => {
        const listed = (wanted: string): string[] =>
          decided.filter((entry) => entry.decision === wanted).map((entry) => entry.name);
        const rollout: Rollout = { audit: listed("audit"), warn: listed("warn"), enforce: listed("enforce") };
        const objects = validatingPolicies(policy, rollout);
        const judged = {
          audit: [`${policy.name} Audit`],
          warn: [`${policy.name}-warn Audit,Warn`],
          enforce: [`${policy.name}-enforce Deny`],
          none: [],
        };
        for (const entry of decided) expect(judges(objects, entry.name)).toEqual(judged[entry.decision]);
        expect(judges(objects, "kube-system")).toEqual([]);
      }),
    );
  });

  test("leaves out an object that would judge nothing", () => {
    expect(validatingPolicies(policy, { audit: [], enforce: ["team-a"] }).map(({ metadata }) => metadata.name)).toEqual(
      [`${policy.name}-enforce`],
    );
    expect(validatingPolicies(policy, { audit: [], enforce: [] })).toEqual([]);
  });
});

describe("an environment", () => {
  const enforcing = (enforce: "none" | "baseline" | "all"): Platform =>
    examplePlatform({
      environments: [
        exampleDevelopment({
          admission: { enforce, podSecurity: { enforce: "baseline", audit: "restricted", warn: "restricted" } },
        }),
        exampleProduction(),
      ],
      teams: ["frontend", "data", "backend"].map((name) => exampleTeam(name)),
    });

  test.each([
    ["none", []],
    ["baseline", baselinePolicies],
    ["all", policyCatalog.filter(({ auditOnly = false }) => !auditOnly)],
  ] as const)("that enforces %s refuses what policies of that sort find", (enforce, refusing) => {
    const platform = enforcing(enforce);
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("there is no environment");
    expect(policyCatalog.filter((candidate) => actionOf(candidate, environment) === "enforce")).toEqual(refusing);
    expect(baselinePolicies.length).toBeGreaterThan(0);
  });

  test.each(["none", "baseline", "all"] as const)(
    "that enforces %s has each team namespace judged once by each policy, and nothing else",
    (enforce) => {
      const platform = enforcing(enforce);
      const { files, findings } = plan(platform, [admissionPolicies]);
      expect(findings).toEqual([]);
      for (const environment of platform.environments) {
        const objects = files
          .filter(({ entry }) => entry.environment === environment.name)
          .map(({ resource }) => resource);
        const judging = namespacedPolicies.filter((each) => policyIn(each, platform, environment) !== undefined);
        const expected = judging.map((candidate) => {
          const action = actionOf(candidate, environment);
          return `${policyObjectName(candidate, action)} ${actions[action].validationActions.join()}`;
        });
        for (const { namespace } of platform.teams) expect(judges(objects, namespace).sort()).toEqual(expected.sort());
        const others = ["kube-system", "default", ...platform.components.map(({ namespace }) => namespace)];
        for (const namespace of others) expect(judges(objects, namespace)).toEqual([]);
      }
    },
  );

  test("has each policy about what lives in no namespace once, at its action, and not about what the platform made", () => {
    const platform = enforcing("all");
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("there is no environment");
    expect(clusterPolicies.length).toBeGreaterThan(0);
    for (const candidate of clusterPolicies) {
      const rollout = rolloutOf(candidate, platform, environment);
      expect(rollout).toMatchObject({ audit: [], enforce: [], cluster: { action: actionOf(candidate, environment) } });
      const owners = rollout.cluster?.exceptOwners ?? [];
      expect(owners).toEqual(expect.arrayContaining(["system", "kyverno", "argocd"]));
      const objects = validatingPolicies(candidate, rollout);
      expect(objects.map(({ metadata }) => metadata.name)).toEqual([
        policyObjectName(candidate, actionOf(candidate, environment)),
      ]);
      const [object] = objects;
      if (!ValidatingPolicy.is(object)) throw new TypeError("no ValidatingPolicy");
      expect(object.spec.matchConstraints).not.toHaveProperty("namespaceSelector");
      for (const owner of owners) expect(object.spec.matchConditions?.[0]?.expression).toContain(`'${owner}'`);
    }
  });

  test("has no team in a namespace of the cluster itself", () => {
    const platform = examplePlatform({
      teams: [exampleTeam("backend", { namespace: "kube-public" }), exampleTeam("frontend", { namespace: "default" })],
    });
    expect(plan(platform, [admissionPolicies]).findings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'teams[backend].namespace: "kube-public" belongs to the cluster itself',
      'teams[frontend].namespace: "default" belongs to the cluster itself',
    ]);
  });

  test("judges the namespaces of all teams, in one order", () => {
    const platform = enforcing("all");
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("there is no environment");
    expect(rolloutOf(policy, platform, environment)).toEqual({
      audit: [],
      enforce: ["team-backend", "team-data", "team-frontend"],
    });
  });
});
