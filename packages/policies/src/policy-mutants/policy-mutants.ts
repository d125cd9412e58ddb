import { celMutants } from "../admission/cel-mutants.ts";
import { tokenise } from "../admission/cel-tokens.ts";
import type { AnyPolicy } from "../admission/policy.ts";
import { type CelProgram, celProgram } from "../cel-evaluation/cel-program.ts";
import { renderedIn } from "../cel-evaluation/evaluate-policy.ts";
import { textEvaluator } from "../cel-evaluation/policy-evaluator.ts";
import { type PolicyText, policyText } from "../cel-evaluation/policy-text.ts";
import { isSaid, ownTrials, type PolicyTrial, trialPlace } from "../cel-evaluation/policy-trials.ts";
import { valueMutants } from "./value-mutants.ts";

/** A slip of the hand in one expression of a policy. */
export interface ExpressionMutant {
  /** The policy's name. */
  readonly policy: string;
  /** The variable, or `offenders`. */
  readonly variable: string;
  /** What was done: `== becomes !=: c.kind == 'Job'`. */
  readonly change: string;
  /** The expression with the slip. */
  readonly expression: string;
}

/** What became of the mutants of a policy. */
export interface MutantReport {
  /** How many were tried. */
  readonly tried: number;
  /** Those that no object of the policy notices. */
  readonly survivors: readonly ExpressionMutant[];
  /** True when the policy itself says something else than its fixtures have it: then nothing can be told of its mutants. */
  readonly isWrong: boolean;
}

/**
 * Tries every mutant of a policy, without a cluster, on the policy's own good and bad objects. A slip counts as noticed where an object then gets another answer or
 * another message: with the policy's own parameters, or, where these leave nothing to notice, in the same place of a variant.
 *
 * @example
 * mutantReport(disallowHostPath).survivors; // []
 */
export function mutantReport(policy: AnyPolicy): MutantReport {
  const program = remembering();
  const own = trialOf(policy, program);
  const mutants = own?.mutants ?? [];
  const unnoticed = mutants.filter((mutant) => own?.isNoticed(mutant) === false);
  const variants = unnoticed.length === 0 ? [] : policy.variants.flatMap((each) => trialOf(each, program) ?? []);
  return {
    tried: mutants.length,
    survivors: unnoticed
      .filter(({ place }) => !variants.some((variant) => variant.noticesAllAt(place)))
      .map(({ variable, change, expression }) => ({ policy: policy.name, variable, change, expression })),
    isWrong: own?.isWrong ?? true,
  };
}

interface PlacedMutant extends Omit<ExpressionMutant, "policy"> {
  /** The same for the same slip in a variant, whose expression has other constants. */
  readonly place: string;
}

interface Trial {
  readonly mutants: readonly PlacedMutant[];
  readonly isWrong: boolean;
  readonly isNoticed: (mutant: PlacedMutant) => boolean;
  readonly noticesAllAt: (place: string) => boolean;
}

function trialOf(policy: AnyPolicy, program: (expression: string) => CelProgram): Trial | undefined {
  const rendered = renderedIn(policy, trialPlace.namespace);
  if (rendered === undefined) return undefined;
  const text = policyText(rendered);
  const trials = ownTrials(policy);
  const written = new Set([...Object.keys(policy.variables), "offenders"]);
  const mutants = text.variables.filter(({ name }) => written.has(name)).flatMap((each) => mutantsOf(each));
  const isNoticed = (mutant: PlacedMutant): boolean => disagrees(withMutant(text, mutant), trials, program);
  return {
    mutants,
    isWrong: disagrees(text, trials, program),
    isNoticed,
    noticesAllAt: (place) => {
      const alike = mutants.filter((mutant) => mutant.place === place);
      return alike.length > 0 && alike.every(isNoticed);
    },
  };
}

function disagrees(
  text: PolicyText,
  trials: readonly PolicyTrial[],
  program: (expression: string) => CelProgram,
): boolean {
  const ask = textEvaluator(text, program);
  return trials.some(({ object, expected }) => !isSaid(expected, ask(object)));
}

function withMutant(text: PolicyText, { variable, expression }: PlacedMutant): PolicyText {
  const variables = text.variables.map((each) => (each.name === variable ? { ...each, expression } : each));
  return { ...text, variables };
}

function mutantsOf({ name: variable, expression: original }: PolicyText["variables"][number]): PlacedMutant[] {
  return [...celMutants(original), ...valueMutants(original)].map(({ change, expression }) => ({
    variable,
    change,
    expression,
    place: `${variable} ${kindOf(change)} ${wordsBefore(original, expression)}`,
  }));
}

/** What was done, without what it was done to. */
function kindOf(change: string): string {
  return change.split(":", 1)[0] ?? change;
}

/** How many words stand before the first difference, constants left out: a parameter with other values moves nothing. */
function wordsBefore(original: string, mutant: string): number {
  let same = 0;
  while (same < original.length && original[same] === mutant[same]) same += 1;
  return tokenise(original).filter(({ kind, text, end }) => kind !== "literal" && text !== "," && end <= same).length;
}

/** Mutants of a policy share all of their expressions but one. */
function remembering(): (expression: string) => CelProgram {
  const programs = new Map<string, CelProgram>();
  return (expression) => {
    const program = programs.get(expression) ?? celProgram(expression);
    programs.set(expression, program);
    return program;
  };
}
