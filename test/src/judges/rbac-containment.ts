import { isDeepStrictEqual } from "node:util";
import { type Environment, type Finding, fieldAt, groupOf, listAt } from "@plinth/core";
import { type PolicyRule, uncoveredRules } from "@plinth/rbac";
import fc from "fast-check";
import { toolPath } from "../tools/ensure.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { policyRule, rbacGroup } from "./rbac-cluster.ts";
import { clusterRule } from "./rbac-random-rules.ts";
import { objectsOfEnvironment, type RenderedObject } from "./rendered-tree.ts";
import { runTool, toolFailed } from "./run-tool.ts";

/** Whoever holds the greater role may everything that the lesser allows. */
const containments: readonly (readonly [lesser: string, greater: string])[] = [
  ["namespace-viewer", "namespace-developer"],
  ["namespace-developer", "namespace-admin"],
  ["namespace-viewer", "platform-viewer"],
  ["developer-base", "platform-viewer"],
  ["platform-viewer", "platform-operator"],
  ["platform-operator", "platform-admin"],
  ["namespace-admin", "platform-admin"],
];

const RANDOM_PAIRS = 4000;

/**
 * Kubernetes' own `Covers` says which role holds all of which, in each environment; and it and `uncoveredRules` name the same missing rules of thousands of
 * random pairs, so that what Plinth says of containment is what the API server would.
 *
 * @see https://pkg.go.dev/k8s.io/component-helpers/auth/rbac/validation#Covers
 */
export const rbacContainment: Judge = {
  name: "rbac-containment",
  purpose: "each role holds what the lesser one does",
  tools: ["rbac-covers"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const pairs: Pair[] = [];
    for (const environment of context.platform.environments) {
      const roles = new Map(clusterRolesOf(context, environment).map((role) => [role.resource.metadata.name, role]));
      for (const [lesser, greater] of containments) {
        const pair = { lesser: roles.get(lesser), greater: roles.get(greater) };
        if (pair.lesser === undefined || pair.greater === undefined)
          findings.push(missing(environment, pair.lesser === undefined ? lesser : greater));
        else pairs.push({ lesser: pair.lesser, greater: pair.greater, environment });
      }
    }
    const held = pairs.map(({ lesser, greater }) => ({ held: rulesOf(greater), wanted: rulesOf(lesser) }));
    // Each the other way round, too: a judge that says yes to everything would be noticed.
    const reversed = pairs.map(({ lesser, greater }) => ({ held: rulesOf(lesser), wanted: rulesOf(greater) }));
    const random = randomPairs();
    const answers = await covers([...held, ...reversed, ...random], context);
    if ("finding" in answers) return { read: "nothing", findings: [answers.finding] };
    pairs.forEach(({ lesser, greater, environment }, index) => {
      const uncovered = answers.list[index]?.uncovered ?? [];
      if (uncovered.length > 0) findings.push(notContained(environment, lesser, greater, uncovered));
      if (answers.list[pairs.length + index]?.covers === true) findings.push(notGreater(environment, lesser, greater));
    });
    findings.push(...disagreements([...held, ...reversed, ...random], answers.list));
    return { read: `${pairs.length} pairs of roles, ${random.length} of random rules`, findings };
  },
};

interface Pair {
  readonly lesser: RenderedObject;
  readonly greater: RenderedObject;
  readonly environment: Environment;
}

interface Question {
  readonly held: readonly PolicyRule[];
  readonly wanted: readonly PolicyRule[];
}

interface Answer {
  readonly covers: boolean;
  readonly uncovered: readonly unknown[];
}

function clusterRolesOf({ tree }: JudgeContext, environment: Environment): readonly RenderedObject[] {
  return objectsOfEnvironment(tree, environment.name).filter(
    ({ resource }) => resource.kind === "ClusterRole" && groupOf(resource) === rbacGroup,
  );
}

function rulesOf({ resource }: RenderedObject): PolicyRule[] {
  return listAt(resource, "rules").map(policyRule);
}

/** The seed is fixed: a verdict can be had again. */
function randomPairs(): Question[] {
  const rules = fc.array(clusterRule, { minLength: 1, maxLength: 4 });
  return fc.sample(fc.record({ held: rules, wanted: rules }), { seed: 1, numRuns: RANDOM_PAIRS });
}

async function covers(
  questions: readonly Question[],
  { signal }: JudgeContext,
): Promise<{ list: readonly Answer[] } | { finding: Finding }> {
  const input = questions.map((question) => JSON.stringify(question)).join("\n");
  const run = await runTool(toolPath("rbac-covers"), [], { input, signal });
  const lines = run.stdout.trimEnd().split("\n");
  if (run.exitCode !== 0 || lines.length !== questions.length) return { finding: toolFailed("rbac-covers", run) };
  return {
    list: lines.map((line): Answer => {
      const answer: unknown = JSON.parse(line);
      return { covers: fieldAt(answer, "covers") === true, uncovered: listAt(answer, "uncovered") };
    }),
  };
}

/** Pairs of which `uncoveredRules` names other rules than Kubernetes does. One shows what is wrong; thousands would hide it. */
function disagreements(questions: readonly Question[], answers: readonly Answer[]): Finding[] {
  const differing = questions.flatMap(({ held, wanted }, index) => {
    const own = uncoveredRules(held, wanted);
    const theirs = answers[index]?.uncovered ?? [];
    return isDeepStrictEqual(ruleSet(own), ruleSet(theirs)) ? [] : [{ held, wanted, own, theirs }];
  });
  const [first] = differing;
  if (first === undefined) return [];
  return [
    {
      code: "rejected-by-judge",
      severity: "error",
      message: `of ${questions.length} pairs ${differing.length} differ; who holds ${JSON.stringify(first.held)} and wants ${JSON.stringify(first.wanted)} misses ${JSON.stringify(first.own)}, says uncoveredRules`,
      expected: `what Kubernetes says: ${JSON.stringify(first.theirs)}`,
    },
  ];
}

/** Rules without regard to their order, their doubles, and the order of their fields. */
function ruleSet(rules: readonly unknown[]): readonly string[] {
  const fields = ["apiGroups", "resources", "resourceNames", "nonResourceURLs", "verbs"];
  const key = (rule: unknown): string =>
    JSON.stringify(fields.map((field) => [...new Set(listAt(rule, field))].sort()));
  return [...new Set(rules.map(key))].sort();
}

function missing({ name }: Environment, role: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message: `${name} has no ClusterRole ${role}`,
    expected: "every role that people hold",
  };
}

function notContained(
  { name }: Environment,
  lesser: RenderedObject,
  greater: RenderedObject,
  uncovered: readonly unknown[],
): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    file: greater.file.path,
    message: `${name}: ${greater.resource.metadata.name} lacks ${uncovered.length} permissions of ${lesser.resource.metadata.name}: ${JSON.stringify(uncovered.slice(0, 3))}`,
    expected: "all that the lesser role allows",
  };
}

function notGreater({ name }: Environment, lesser: RenderedObject, greater: RenderedObject): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    file: lesser.file.path,
    message: `${name}: ${lesser.resource.metadata.name} allows all that ${greater.resource.metadata.name} does`,
    expected: "less than the greater role",
  };
}
