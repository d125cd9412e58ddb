import {
  type Expression,
  type LabelMatcher,
  printPromqlLine,
  promql,
  rewritePromql,
  type Selector,
  visitPromql,
} from "@plinth/metrics";
import { type AskedExpression, isEmpty, type Prometheus } from "./dashboard-data-asking.ts";

/** A slip of the hand in an expression. */
export interface Mutant {
  readonly slip: "metric" | "label" | "value" | "join" | "grouping";
  readonly expression: string;
}

/** Slips that leave an expression that parses, and that shows nothing, or not what it says. */
export function mutantsOf({ expression, labels }: AskedExpression): readonly Mutant[] {
  const read = promql(expression);
  const selectors: Selector[] = [];
  visitPromql(read, (part) => {
    if (part.kind === "selector") selectors.push(part);
  });
  const changed = (slip: Mutant["slip"], from: Expression, to: Expression): Mutant => ({
    slip,
    expression: printPromqlLine(rewriteFirst(read, from, to)),
  });
  const ofSelectors = selectors.flatMap((selector): Mutant[] => [
    changed("metric", selector, { ...selector, series: `${selector.series}s` }),
    ...selector.matchers.flatMap((matcher, index): Mutant[] => {
      // What an absent label satisfies asks for nothing.
      if (satisfiedByNothing(matcher)) return [];
      const withMatcher = (other: LabelMatcher): Selector => ({
        ...selector,
        matchers: selector.matchers.map((own, at) => (at === index ? other : own)),
      });
      const label = changed("label", selector, withMatcher({ ...matcher, label: `${matcher.label}s` }));
      // All values stay all values with a letter more.
      if (/^\.[+*]$/.test(matcher.value)) return [label];
      const value = matcher.operator === "=" ? `${matcher.value}x` : `(${matcher.value})x`;
      return [label, changed("value", selector, withMatcher({ ...matcher, value }))];
    }),
  ]);
  const ofGroups: Mutant[] = [];
  visitPromql(read, (part) => {
    const [first, ...others] = part.kind === "aggregation" ? (part.grouping?.labels ?? []) : [];
    if (part.kind !== "aggregation" || part.grouping?.clause !== "by" || first === undefined) return;
    // A label that only the expression itself knows may be missing without anybody seeing it.
    if (!labels.includes(first) && first !== "le") return;
    const grouping = { ...part.grouping, labels: [...others, `${first}s`] };
    ofGroups.push(changed("grouping", part, { ...part, grouping }));
  });
  const ofJoins: Mutant[] = [];
  visitPromql(read, (part) => {
    if (part.kind !== "binary" || part.matching?.clause !== "on" || part.matching.group === undefined) return;
    const matching = { ...part.matching, labels: part.matching.labels.map((label) => `${label}s`) };
    ofJoins.push(changed("join", part, { ...part, matching }));
  });
  return [...ofSelectors, ...ofGroups, ...ofJoins];
}

/** Slips that nobody would notice. */
export async function survivors(
  prometheus: Prometheus,
  asked: readonly AskedExpression[],
): Promise<{ readonly mutants: number; readonly survivors: readonly string[] }> {
  const distinct = new Map<string, { readonly mutant: Mutant; readonly of: AskedExpression }>();
  for (const of of asked)
    for (const mutant of mutantsOf(of))
      if (mutant.expression !== of.expression) distinct.set(mutant.expression, { mutant, of });
  const all = [...distinct.values()];
  const left: string[] = [];
  for (let first = 0; first < all.length; first += atOnce)
    await Promise.all(
      all.slice(first, first + atOnce).map(async ({ mutant, of }) => {
        const noticed = await isEmpty(prometheus, { ...of, expression: mutant.expression });
        if (!noticed) left.push(`${mutant.slip}: ${mutant.expression}`);
      }),
    );
  return { mutants: all.length, survivors: left };
}

const atOnce = 32;

/** The first place where the part stands, and no other: a value may stand in several. */
function rewriteFirst(whole: Expression, part: Expression, replacement: Expression): Expression {
  let done = false;
  return rewritePromql(whole, (candidate) => {
    if (done || candidate !== part) return candidate;
    done = true;
    return replacement;
  });
}

function satisfiedByNothing({ operator, value }: LabelMatcher): boolean {
  if (operator === "!=" || operator === "!~") return true;
  return operator === "=" ? value === "" : new RegExp(`^(?:${value})$`).test("");
}
