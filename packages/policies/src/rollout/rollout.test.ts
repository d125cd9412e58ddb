import { ValidatingPolicy } from "@kubernetes-models/kyverno/policies.kyverno.io/v1/ValidatingPolicy";
import {
  audit,
  enforce,
  type Finding,
  type Platform,
  type PolicyAction,
  type PolicyRolloutInput,
  plan,
  warn,
} from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admissionPolicies } from "../admission/admission-policies.ts";
import { policyCatalog } from "../admission/catalog.ts";
import { isClusterScoped } from "../admission/match.ts";
import type { AnyPolicy } from "../admission/policy.ts";
import { actionIn, actionsIn, rolloutOf } from "../admission/rollout.ts";
import { actions, policyObjectName, validatingPolicies } from "../admission/validating-policy.ts";
import { matchesSelector } from "../reachability/label-selector.ts";
import { groupsOf } from "./policy-group.ts";
import { rolloutFindings } from "./rollout-findings.ts";

const teams = ["backend", "data", "frontend"];

function platformWith(policyRollouts: readonly PolicyRolloutInput[]): Platform {
  return examplePlatform({
    environments: [exampleDevelopment(), exampleProduction()],
    teams: teams.map((name) => exampleTeam(name)),
    policyRollouts,
  });
}

function policyNamed(name: string): AnyPolicy {
  const policy = policyCatalog.find((each) => each.name === name);
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return policy;
}

const hostPath = policyNamed("disallow-host-path");

/** What a policy does for each team in an environment. */
function doesIn(platform: Platform, environment: string, policy = hostPath): Record<string, PolicyAction> {
  const found = platform.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`there is no environment ${environment}`);
  return Object.fromEntries(teams.map((team) => [team, actionIn(policy, platform, found, team)]));
}

const everywhere = (action: PolicyAction): Record<string, PolicyAction> =>
  Object.fromEntries(teams.map((team) => [team, action]));

describe("what a rollout may call a policy by", () => {
  test("is its name, its level, its category, or all", () => {
    expect(groupsOf(hostPath)).toEqual(["disallow-host-path", "pod-security/baseline", "pod-security", "*"]);
    expect(groupsOf(policyNamed("require-labels"))).toEqual(["require-labels", "compliance", "*"]);
  });

  test("is never the name of a policy and of a category", () => {
    const names = new Set(policyCatalog.map(({ name }) => name));
    for (const policy of policyCatalog)
      for (const group of groupsOf(policy).slice(1)) expect(names).not.toContain(group);
  });
});

describe("a rollout", () => {
  const owner = "backend";

  test("says what policies do in its environments, and nothing of others", () => {
    const platform = platformWith([enforce("pod-security/baseline", { in: "development", owner })]);
    expect(doesIn(platform, "development")).toEqual(everywhere("enforce"));
    expect(doesIn(platform, "development", policyNamed("restrict-volume-types"))).toEqual(everywhere("audit"));
    expect(doesIn(platformWith([audit("pod-security", { in: "production", owner })]), "production")).toEqual(
      everywhere("audit"),
    );
  });

  test("says it for its teams, and leaves the others to the environment", () =>
    expect(doesIn(platformWith([warn("*", { in: "production", teams: ["data"], owner })]), "production")).toEqual({
      ...everywhere("enforce"),
      data: "warn",
    }));

  test.each([
    [
      "a policy",
      warn("disallow-host-path", { owner }),
      audit("pod-security/baseline", { in: "production", teams, owner }),
    ],
    ["a level", warn("pod-security/baseline", { owner }), audit("pod-security", { owner })],
    ["a category", warn("pod-security", { owner }), audit("*", { owner })],
    ["a team", warn("*", { teams, owner }), audit("*", { in: "production", owner })],
    ["an environment", warn("*", { in: "production", owner }), audit("*", { owner })],
  ])("that names %s comes before one that is wider", (_, narrow, wide) => {
    for (const rollouts of [
      [narrow, wide],
      [wide, narrow],
    ])
      expect(doesIn(platformWith(rollouts), "production")).toEqual(everywhere("warn"));
  });

  test("for a category lets those only report that never refuse", () => {
    const platform = platformWith([enforce("*", { in: "development", owner })]);
    expect(doesIn(platform, "development", policyNamed("require-replicas"))).toEqual(everywhere("audit"));
    expect(doesIn(platform, "development", policyNamed("require-pod-probes"))).toEqual(everywhere("enforce"));
    expect(
      doesIn(platformWith([warn("*", { in: "development", owner })]), "development", policyNamed("require-replicas")),
    ).toEqual(everywhere("warn"));
  });

  test("of a team says nothing about what is in no namespace", () => {
    const policy = policyNamed("disallow-wildcards-in-cluster-roles");
    const [development] = platformWith([]).environments;
    if (development === undefined) throw new Error("there is no environment");
    const actionWith = (entry: PolicyRolloutInput): PolicyAction =>
      actionIn(policy, platformWith([entry]), development);
    expect(actionWith(enforce("rbac", { teams, owner }))).toBe("audit");
    expect(actionWith(enforce("rbac", { owner }))).toBe("enforce");
  });

  test("has one object that reports, one that warns and one that refuses", () => {
    const platform = platformWith([
      warn("pod-security", { in: "development", teams: ["data"], owner }),
      enforce("pod-security", { in: "development", teams: ["frontend"], owner }),
    ]);
    const [development] = platform.environments;
    if (development === undefined) throw new Error("there is no environment");
    const rollout = rolloutOf(hostPath, platform, development);
    expect(rollout).toEqual({ audit: ["team-backend"], warn: ["team-data"], enforce: ["team-frontend"] });
    expect(actionsIn(rollout)).toEqual(["enforce", "warn", "audit"]);
    expect(validatingPolicies(hostPath, rollout).map((object) => [object.metadata.name, object["spec"]])).toMatchObject(
      [
        ["disallow-host-path", { validationActions: ["Audit"], failurePolicy: "Ignore" }],
        ["disallow-host-path-warn", { validationActions: ["Audit", "Warn"], failurePolicy: "Ignore" }],
        ["disallow-host-path-enforce", { validationActions: ["Deny"], failurePolicy: "Fail" }],
      ],
    );
  });
});

/** Names of the policy objects that judge a namespace. */
function judges(objects: readonly unknown[], namespace: string): string[] {
  return objects.flatMap((object) => {
    if (!ValidatingPolicy.is(object)) throw new TypeError("no ValidatingPolicy");
    const selector = object.spec.matchConstraints?.namespaceSelector ?? {};
    return matchesSelector(selector, { "kubernetes.io/metadata.name": namespace })
      ? [`${object.metadata?.name} ${object.spec.validationActions?.join()}`]
      : [];
  });
}

describe("whatever rollouts say", () => {
  const someOf = (names: readonly string[]) => fc.option(fc.subarray([...names], { minLength: 1 }), { nil: undefined });
  const groups = [...new Set(policyCatalog.flatMap(groupsOf))];
  const entry = fc.record({
    policies: fc.constantFrom(...groups),
    action: fc.constantFrom<PolicyAction[]>("audit", "warn", "enforce"),
    environments: someOf(["development", "production"]),
    teams: someOf(teams),
  });

  test("each namespace of a team is judged by exactly one object of each policy, as is said, and no other namespace by any", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.constantFrom(...policyCatalog), (entries, policy) => {
        const platform = platformWith(
          entries.map(({ environments, teams: named, ...rest }, index) => ({
            ...rest,
            name: `rollout-${index}`,
            owner: "backend",
            ...(environments === undefined ? {} : { environments }),
            ...(named === undefined ? {} : { teams: named }),
          })),
        );
        for (const environment of platform.environments) {
          const objects = validatingPolicies(policy, rolloutOf(policy, platform, environment));
          if (isClusterScoped(policy.match)) {
            expect(objects.map(({ metadata }) => metadata.name)).toEqual([
              policyObjectName(policy, actionIn(policy, platform, environment)),
            ]);
            continue;
          }
          for (const { name, namespace } of platform.teams) {
            const action = actionIn(policy, platform, environment, name);
            expect(judges(objects, namespace)).toEqual([
              `${policyObjectName(policy, action)} ${actions[action].validationActions.join()}`,
            ]);
          }
          for (const namespace of ["kube-system", "default", "policy-exceptions"])
            expect(judges(objects, namespace)).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("a finding", () => {
  const owner = "backend";
  const findings = (rollouts: readonly PolicyRolloutInput[], today?: string): readonly Finding[] =>
    rolloutFindings(platformWith(rollouts), policyCatalog, today);

  test("is one of the component, which knows the day", () => {
    const rollouts = [warn("*", { owner, next: { action: "enforce", on: "2027-01-15" } })];
    const on = (today: string): Finding[] =>
      plan(platformWith(rollouts), [admissionPolicies], { today }).findings.map((finding) => finding);
    expect(on("2027-01-14")).toEqual([]);
    expect(on("2027-01-15")).toMatchObject([{ code: "expired", component: "admission-policies" }]);
  });

  test("names the nearest policy where there is none of that name", () =>
    expect(findings([enforce("pod-security/baselin", { name: "x", owner })])).toMatchObject([
      {
        code: "unknown-reference",
        severity: "error",
        path: "policyRollouts[x].policies",
        example: '"pod-security/baseline"',
        hint: "did you mean pod-security/baseline?",
      },
    ]));

  test("tells two rollouts that say what happens in one namespace", () =>
    expect(
      findings([
        enforce("pod-security", { name: "one", in: "development", teams: ["data"], owner }),
        warn("pod-security", { name: "two", in: ["development", "production"], teams: ["backend", "data"], owner }),
      ]),
    ).toMatchObject([
      {
        code: "conflicting-fields",
        severity: "error",
        path: "policyRollouts[two]",
        message: expect.stringMatching(
          /^one and two both say what \S+ does in development, team data: enforce and warn$/,
        ),
      },
    ]));

  test("tells a rollout that decides nothing", () =>
    expect(
      findings([
        enforce("pod-security", { name: "wide", in: "development", owner }),
        enforce("pod-security/baseline", { name: "baseline", in: "development", owner }),
        enforce("pod-security/restricted", { name: "restricted", in: "development", owner }),
        enforce("disallow-wildcards-in-cluster-roles", { name: "roles", teams, owner }),
      ]),
    ).toMatchObject([
      { code: "without-effect", path: "policyRollouts[roles].teams", hint: "leave teams out" },
      { code: "without-effect", path: "policyRollouts[wide]", hint: "remove the entry" },
    ]));

  test("tells that a policy that never refuses cannot", () =>
    expect(
      findings([
        enforce("require-replicas", { name: "now", in: "production", owner }),
        warn("require-replicas", {
          name: "then",
          in: "development",
          owner,
          next: { action: "enforce", on: "2027-01-01" },
        }),
      ]),
    ).toMatchObject([
      { code: "conflicting-fields", path: "policyRollouts[now].action", example: 'action: "warn"' },
      { code: "conflicting-fields", path: "policyRollouts[then].next.action" },
    ]));

  test("warns from the day on which the next step is due, and not before", () => {
    const rollouts = [
      warn("pod-security", {
        name: "x",
        in: "development",
        owner,
        since: "2026-11-01",
        next: { action: "enforce", on: "2027-01-15" },
      }),
    ];
    expect(findings(rollouts)).toEqual([]);
    expect(findings(rollouts, "2027-01-14")).toEqual([]);
    for (const [today, words] of [
      ["2027-01-15", "due today"],
      ["2027-02-01", "due since 2027-01-15"],
    ] as const)
      expect(findings(rollouts, today)).toMatchObject([
        {
          code: "expired",
          severity: "warning",
          path: "policyRollouts[x].next",
          message: expect.stringContaining(words),
          example: `action: "enforce", since: "${today}"`,
        },
      ]);
  });

  test("warns of an action that holds since a day that has not come", () =>
    expect(
      findings([enforce("*", { name: "x", in: "development", owner, since: "2026-12-01" })], "2026-11-21"),
    ).toMatchObject([
      {
        severity: "warning",
        path: "policyRollouts[x].since",
        example: 'next: { action: "enforce", on: "2026-12-01" }',
      },
    ]));
});
