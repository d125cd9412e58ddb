import type { Finding } from "@plinth/core";
import { celMutants, type GuardRail, guardRailPolicy } from "@plinth/policies";
import type { KubernetesObject } from "../cluster/kubernetes-object.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import { waitFor } from "../cluster/wait-for.ts";
import type { Tried } from "./guard-rails-verdicts.ts";

/** A rail that differs from the real one in a single slip of the hand. */
export interface RailMutant {
  readonly rail: GuardRail;
  /** Where and what: the same for rails that share an expression. */
  readonly change: string;
  /** The expression with the slip. */
  readonly expression: string;
}

// No request comes in the very second in which a day ends.
const neverNoticed = /^problems: <= becomes </;

/** The rail with one operator turned round, one side of `&&` or `||` dropped, or one negation left out, in each of its expressions. */
export function railMutants(rail: GuardRail): readonly RailMutant[] {
  const { when = {}, variables = {}, offenders } = rail;
  const of = (expression: string, place: string, build: (expression: string) => Partial<GuardRail>): RailMutant[] =>
    celMutants(expression).map((mutant) => ({
      rail: { ...rail, ...build(mutant.expression) },
      change: `${place}: ${mutant.change}`,
      expression: mutant.expression,
    }));
  return [
    ...Object.entries(when).flatMap(([name, { expression }]) =>
      of(expression, name, (changed) => ({ when: { ...when, [name]: { expression: changed } } })),
    ),
    ...Object.entries(variables).flatMap(([name, { expression }]) =>
      of(expression, name, (changed) => ({ variables: { ...variables, [name]: { expression: changed } } })),
    ),
    ...of(offenders.expression, "offenders", (changed) => ({ offenders: { expression: changed } })),
  ].filter(({ change }) => !neverNoticed.test(change));
}

/** What somebody tries at one rail, and is answered. */
export type TryRail = (rail: GuardRail) => Promise<readonly Tried[]>;

/** Each slip of the hand is noticed by an attempt at one of the rails that have the expression. The rails themselves are gone by then. */
export async function mutantFindings(
  cluster: Cluster,
  rails: readonly GuardRail[],
  tryRail: TryRail,
): Promise<{ readonly mutants: number; readonly findings: readonly Finding[] }> {
  const noticed = new Map<string, boolean>();
  for (const rail of rails)
    for (const { mutant, isNoticed } of await judged(cluster, rail, tryRail)) {
      const key = `${mutant.change}, in ${mutant.expression}`;
      noticed.set(key, isNoticed || (noticed.get(key) ?? false));
    }
  const findings = [...noticed].flatMap(([key, isNoticed]): Finding[] =>
    isNoticed
      ? []
      : [
          {
            code: "rejected-by-judge",
            severity: "error",
            component: "guard-rails",
            message: `no attempt at a rail notices that ${key}`,
            expected: "an attempt that is answered otherwise",
          },
        ],
  );
  return { mutants: noticed.size, findings };
}

// The API server sends 4096 characters of warnings with an answer, and drops the rest.
const atOnce = 8;

interface JudgedMutant {
  readonly mutant: RailMutant;
  readonly isNoticed: boolean;
}

/** The mutants of a rail, bound so that they warn instead of refusing: each answer tells what all of them would have said. */
async function judged(cluster: Cluster, rail: GuardRail, tryRail: TryRail): Promise<readonly JudgedMutant[]> {
  const mutants = railMutants(rail);
  const found: JudgedMutant[] = [];
  for (let start = 0; start < mutants.length; start += atOnce)
    found.push(...(await judgedAtOnce(cluster, rail, mutants.slice(start, start + atOnce), start, tryRail)));
  return found;
}

async function judgedAtOnce(
  cluster: Cluster,
  rail: GuardRail,
  mutants: readonly RailMutant[],
  start: number,
  tryRail: TryRail,
): Promise<readonly JudgedMutant[]> {
  const named = mutants.map((mutant, index) => ({ mutant, name: `m${start + index}-${rail.name}` }));
  const control = `control${start}-${rail.name}`;
  const stored = new Set<string>();
  for (const { mutant, name } of named)
    if ((await cluster.apply(policyOf(mutant.rail, name))).accepted) stored.add(name);
  await cluster.apply(policyOf(rail, control));
  // The control last: once it is known, all are.
  const bindings = [...stored, control].map(bindingOf);
  for (const binding of bindings) await cluster.apply(binding);
  let tried: readonly Tried[] = [];
  await waitFor(`the mutants of ${rail.name}`, async () => {
    tried = await tryRail(rail);
    return tried.every(
      ({ attempt, answer }) => (attempt.offenders === undefined) === (saidBy(control, answer.warnings) === undefined),
    );
  });
  for (const { apiVersion, kind, metadata } of bindings)
    await cluster.delete({ apiVersion, kind, name: metadata.name });
  // What does not compile is noticed by the API server.
  return named.map(({ mutant, name }) => ({
    mutant,
    isNoticed:
      !stored.has(name) ||
      tried.some(({ answer }) => saidBy(name, answer.warnings) !== saidBy(control, answer.warnings)),
  }));
}

const apiVersion = "admissionregistration.k8s.io/v1";

/** A policy with a message that is short enough for many. */
function policyOf(rail: GuardRail, name: string): KubernetesObject {
  const [policy] = guardRailPolicy({ ...rail, fix: "-" });
  return { apiVersion, kind: "ValidatingAdmissionPolicy", metadata: { name }, spec: policy?.["spec"] };
}

function bindingOf(name: string): KubernetesObject {
  return {
    apiVersion,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: { policyName: name, validationActions: ["Warn"] },
  };
}

/** What a policy said, without its name; `undefined` when it said nothing. */
function saidBy(name: string, warnings: readonly string[]): string | undefined {
  const mark = `with binding '${name}': `;
  const found = warnings.find((text) => text.includes(mark));
  return found?.slice(found.indexOf(mark) + mark.length);
}
