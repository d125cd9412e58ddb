import {
  type AlertingRule,
  promql,
  type RecordingRule,
  type RuleGroup,
  type Selector,
  selectorsOf,
} from "@plinth/metrics";

/** The alerts of the groups, and of the other rules those that they need: what nobody reads need not be evaluated. */
export function neededRules(groups: readonly RuleGroup[]): readonly RuleGroup[] {
  const recordings = new Map<string, RecordingRule[]>();
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    if ("alert" in rule) continue;
    const namesakes = recordings.get(rule.record);
    if (namesakes === undefined) recordings.set(rule.record, [rule]);
    else namesakes.push(rule);
  }
  const needed = new Set<RecordingRule | AlertingRule>();
  const need = (rule: RecordingRule | AlertingRule): void => {
    if (needed.has(rule)) return;
    needed.add(rule);
    for (const { series } of selectorsIn(rule)) for (const read of recordings.get(series) ?? []) need(read);
  };
  for (const rule of groups.flatMap(({ rules }) => rules)) if ("alert" in rule) need(rule);
  return groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => needed.has(rule)) }))
    .filter(({ rules }) => rules.length > 0);
}

/** The selectors of a rule's expression. */
export function selectorsIn({ expr }: RecordingRule | AlertingRule): readonly Selector[] {
  return selectorsOf(promql(expr));
}
