import { uncoveredBy } from "../../authorizer/coverage.ts";
import { joinAtoms } from "../../authorizer/join-atoms.ts";
import type { PolicyRule } from "../../roles/policy-rule.ts";
import type { Holding, Powers } from "./powers.ts";

/** What somebody gains in a place. */
export interface GainedRules {
  /** In the whole cluster when left out. */
  readonly namespace?: string;
  readonly rules: readonly PolicyRule[];
}

/** Says what the target of a path may and its source may not, by place. Many paths gain the same of the same roles: each answer is kept. */
export function gainsReader(): (source: Powers, target: Powers) => GainedRules[] {
  const numbers = new Map<PolicyRule, number>();
  const numbersOf = (rules: readonly PolicyRule[]): string =>
    rules
      .map((rule) => {
        const number = numbers.get(rule) ?? numbers.size;
        numbers.set(rule, number);
        return number;
      })
      .join();
  const questions = new Map<string, Gains>();
  return (source, target) =>
    [...Map.groupBy(target.holdings, ({ namespace = "" }) => namespace)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([namespace, holdings]) => {
        const held = heldIn(source.holdings, namespace);
        const heldKey = numbersOf(held);
        const gains = questions.get(heldKey) ?? { uncovered: uncoveredBy(held), answers: new Map() };
        questions.set(heldKey, gains);
        const wanted = holdings.map(({ rule }) => rule);
        const key = `${namespace === "" ? "cluster" : "namespace"} ${numbersOf(wanted)}`;
        // A RoleBinding gives no paths.
        const rules =
          gains.answers.get(key) ??
          joinAtoms(gains.uncovered(wanted).filter((atom) => namespace === "" || !("path" in atom)));
        gains.answers.set(key, rules);
        return rules.length === 0 ? [] : [{ ...(namespace === "" ? {} : { namespace }), rules }];
      });
}

/** What is gained by who holds certain rules. */
interface Gains {
  readonly uncovered: ReturnType<typeof uncoveredBy>;
  readonly answers: Map<string, PolicyRule[]>;
}

function heldIn(holdings: readonly Holding[], namespace: string): PolicyRule[] {
  return holdings.flatMap((holding) =>
    holding.namespace === undefined || holding.namespace === namespace ? [holding.rule] : [],
  );
}
