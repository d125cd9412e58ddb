import type { Environment, Finding, Platform } from "@plinth/core";
import { type CelMutant, celMutants } from "../admission/cel-mutants.ts";
import { type AnyPolicy, policyIn } from "../admission/policy.ts";
import { type ExpectedResult, type KyvernoCase, kyvernoCase } from "./case.ts";
import { readKyvernoReport } from "./report.ts";

/** A policy that differs from the one in the catalogue in a single slip of the hand. */
export interface PolicyMutant {
  readonly policy: AnyPolicy;
  /** Where and what: `offenders: == becomes !=: c.kind == 'Job'`. */
  readonly change: string;
}

/** What the Kyverno command line reads to judge all mutants of a policy at once. */
export interface MutantCase {
  readonly name: string;
  readonly files: KyvernoCase["files"];
  readonly arguments: KyvernoCase["arguments"];
  /** What the policy itself, judged along with its mutants, must say: the proof that the run says something about them. */
  readonly control: readonly ExpectedResult[];
  readonly mutants: readonly { readonly change: string; readonly expected: readonly ExpectedResult[] }[];
}

/** The mutants of a policy, by its variables and offenders, in their order. */
export function policyMutants(policy: AnyPolicy): readonly PolicyMutant[] {
  const of = (place: string, expression: string, build: (mutant: CelMutant) => Partial<AnyPolicy>): PolicyMutant[] =>
    celMutants(expression).map((mutant) => ({
      policy: { ...policy, ...build(mutant) },
      change: `${place}: ${mutant.change}`,
    }));
  return [
    ...Object.entries(policy.variables).flatMap(([name, { expression }]) =>
      of(`variables.${name}`, expression, (mutant) => ({
        variables: { ...policy.variables, [name]: { expression: mutant.expression } },
      })),
    ),
    ...of("offenders", policy.offenders.expression, ({ expression }) => ({ offenders: { expression } })),
  ];
}

/**
 * The case of some mutants of a policy: each under a name of its own, judged by the policy's good and bad objects. Pods are judged as Pods only: the rules for
 * controllers are the same text once more.
 */
export function mutantCase(
  policy: AnyPolicy,
  platform: Platform,
  environment: Environment,
  wanted: (index: number) => boolean = () => true,
): MutantCase {
  const { inEnvironment: _, ...resolved } = policyIn(policy, platform, environment) ?? policy;
  const alone: AnyPolicy = {
    ...resolved,
    match: resolved.match.kind === "pods" ? { ...resolved.match, controllers: [] } : resolved.match,
  };
  const chosen = policyMutants(alone)
    .map((mutant, index) => ({ ...mutant, index }))
    .filter(({ index }) => wanted(index));
  const original = kyvernoCase(alone, platform, environment);
  const judged = [
    { name: controlName, policy: alone },
    ...chosen.map((mutant) => ({ name: `m${mutant.index}`, policy: mutant.policy })),
  ];
  const policies = judged.map((each) =>
    textOf(kyvernoCase({ ...each.policy, name: each.name }, platform, environment), "policy.yaml"),
  );
  // Kyverno's reports are keyed by the policy's name.
  const expectedOf = (name: string): ExpectedResult[] =>
    original.expected.map((row) => ({ ...row, policy: name + row.policy.slice(alone.name.length) }));
  return {
    name: policy.name,
    files: [
      { path: "policy.yaml", text: policies.join("---\n") },
      ...original.files.filter(({ path }) => path === "resources.yaml" || path === "values.yaml"),
    ],
    arguments: original.arguments,
    control: expectedOf(controlName),
    mutants: chosen.map(({ change, index }) => ({ change, expected: expectedOf(`m${index}`) })),
  };
}

const controlName = "unchanged";

function textOf({ files }: KyvernoCase, path: string): string {
  return files.find((file) => file.path === path)?.text ?? "";
}

/**
 * Changes that no object of the policy notices, by their place in the case: every row of their report is as it should be without them. `undefined` when there is no
 * report, or one in which the policy itself is not right either.
 */
export function survivors({ control, mutants }: MutantCase, output: string): readonly number[] | undefined {
  const rows = readKyvernoReport(output);
  if (rows === undefined) return undefined;
  const said = new Map(rows.map((row) => [`${row.policy} ${row.kind} ${row.namespace}/${row.name}`, row]));
  const isAsExpected = (row: ExpectedResult): boolean => {
    const found = said.get(`${row.policy} ${row.kind} ${row.namespace}/${row.name}`);
    return found?.result === row.result && (row.message === undefined || found.message === row.message);
  };
  if (!control.every(isAsExpected)) return undefined;
  return mutants.flatMap(({ expected }, index) => (expected.every(isAsExpected) ? [index] : []));
}

/** The finding about a change that no object notices. */
export function survivorFinding(policy: string, change: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    path: `policies[${policy}]`,
    message: `no object of the policy notices when in ${change}`,
    expected: "a good object that then fails, or a bad one that then passes or is told something else",
  };
}
