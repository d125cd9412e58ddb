import { type AlertingRule, promqlSelectors, type RecordingRule } from "@plinth/metrics";

type Rule = RecordingRule | AlertingRule;

/** The rules whose results expressions ask for, and those whose results these ask for in turn, in the order of the rules. */
export function neededRules(rules: readonly Rule[], expressions: readonly string[]): readonly Rule[] {
  const needed = new Set<Rule>();
  let asked: readonly string[] = expressions;
  while (asked.length > 0) {
    const selectors = asked.flatMap((text) => promqlSelectors(text)).filter(({ series }) => isOfRules(series));
    const found = rules.filter((rule) => !needed.has(rule) && selectors.some((selector) => canGive(rule, selector)));
    for (const rule of found) needed.add(rule);
    asked = found.map(({ expr }) => expr);
  }
  return rules.filter((rule) => needed.has(rule));
}

type AskedSelector = ReturnType<typeof promqlSelectors>[number];

function isOfRules(series: string): boolean {
  return series === "" || series === "ALERTS" || series.includes(":");
}

/** False where the rule says a label otherwise than the selector asks for it, as far as that can be compared without a regular expression. */
function canGive(rule: Rule, { series, matchers }: AskedSelector): boolean {
  const name = "alert" in rule ? "ALERTS" : rule.record;
  if (series !== "" && series !== name) return false;
  const labels = "alert" in rule ? { ...rule.labels, alertname: rule.alert } : rule.labels;
  return matchers.every(({ label, operator, value }) => {
    const own = new Map(Object.entries({ ...labels, __name__: name })).get(label);
    if (own === undefined || own.includes("{{")) return true;
    if (operator === "=") return own === value;
    // The two shapes of regular expressions that dashboards write: a list of texts, and a beginning.
    if (operator === "=~" && /^[\w|-]+$/.test(value)) return value.split("|").includes(own);
    return operator === "=~" && /^[\w:]+\.[+*]$/.test(value) ? own.startsWith(value.slice(0, -2)) : true;
  });
}
