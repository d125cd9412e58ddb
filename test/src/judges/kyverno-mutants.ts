import { join } from "node:path";
import type { Environment, Finding, Platform } from "@plinth/core";
import {
  type AnyPolicy,
  type MutantCase,
  mutantCase,
  policyCatalog,
  policyMutants,
  survivorFinding,
  survivors,
} from "@plinth/policies";
import type { Judge } from "./judge.ts";
import { kyvernoOutputs } from "./kyverno-reports.ts";

/** A mutant that no object has noticed so far, by its place among the mutants of its policy. */
interface Survivor {
  readonly policy: AnyPolicy;
  readonly index: number;
}

/**
 * The good and bad objects of every policy notice when its CEL is changed: an operator turned round, a negation left out, one side of `&&` or `||` dropped. All
 * mutants of a policy are judged in one run, and those that its default parameters do not notice once more with each other set of values.
 */
export const kyvernoMutants: Judge = {
  name: "kyverno-mutants",
  purpose: "the objects of every policy notice wrong CEL",
  tools: ["kyverno"],
  judge: async ({ platform, workFolder, signal }) => {
    const environment = platform.environments.find(({ production }) => production) ?? platform.environments[0];
    if (environment === undefined) return { read: "no environment", findings: [] };
    const findings: Finding[] = [];
    const all = policyCatalog.flatMap((policy) => policyMutants(policy).map((_, index) => ({ policy, index })));
    let alive: readonly Survivor[] = all;
    const rounds = Math.max(1, ...policyCatalog.map(({ variants }) => variants.length + 1));
    for (let round = 0; round < rounds; round++) {
      const cases = casesOf(alive, round, platform, environment);
      const outputs = await kyvernoOutputs(
        cases.map(({ made }) => made),
        join(workFolder, String(round)),
        signal,
      );
      const killed = new Set<Survivor>();
      for (const [at, { made, tried }] of cases.entries()) {
        const left = survivors(made, outputs[at] ?? "");
        if (left === undefined)
          findings.push({
            code: "tool-failed",
            severity: "error",
            path: `policies[${made.name}]`,
            message: "the Kyverno command line printed no report",
            hint: (outputs[at] ?? "").trim().slice(0, 500),
          });
        for (const [place, mutant] of tried.entries())
          if (left !== undefined && !left.includes(place)) killed.add(mutant);
      }
      alive = alive.filter((mutant) => !killed.has(mutant));
    }
    findings.push(
      ...alive.map(({ policy, index }) => survivorFinding(policy.name, policyMutants(policy)[index]?.change ?? "")),
    );
    return { read: `${all.length - alive.length} mutants of ${policyCatalog.length} policies noticed`, findings };
  },
};

interface Round {
  readonly made: MutantCase;
  readonly tried: readonly Survivor[];
}

/** A case for each policy that still has mutants alive: with its defaults first, then with one variant after the other. */
function casesOf(
  alive: readonly Survivor[],
  round: number,
  platform: Platform,
  environment: Environment,
): readonly Round[] {
  return policyCatalog.flatMap((policy): Round[] => {
    const tried = alive.filter((mutant) => mutant.policy === policy);
    const variant = round === 0 ? policy : policy.variants[round - 1];
    // A variant whose CEL is another one has other mutants.
    if (tried.length === 0 || variant === undefined) return [];
    if (policyMutants(variant).length !== policyMutants(policy).length) return [];
    const places = new Set(tried.map(({ index }) => index));
    return [{ made: mutantCase(variant, platform, environment, (index) => places.has(index)), tried }];
  });
}
