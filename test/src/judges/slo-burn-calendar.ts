import { fieldAt } from "@plinth/core";
import { objectiveId, type ServiceLevelObjective } from "@plinth/slo";
import type { BurnTest } from "./slo-burn-tests.ts";
import { labelText } from "./slo-burn-traffic.ts";

/** Days of the first two windows of 1970, when promtool's clock begins. */
const windowDays = { month: [31, 28], quarter: [90, 91] } as const;

/** Samples and evaluations four times a day: the rules look at what is there each hour. */
const step = 6;
const perDay = 24 / step;

/** The records of an objective's calendar budget, alone. */
export function calendarGroups(groups: readonly unknown[]): readonly unknown[] {
  return groups.flatMap((group) => {
    const rules = fieldAt(group, "rules");
    const records = (Array.isArray(rules) ? rules : []).filter((rule: unknown) =>
      String(fieldAt(rule, "record")).startsWith("slo:calendar_"),
    );
    return records.length === 0 ? [] : [{ name: fieldAt(group, "name"), rules: records }];
  });
}

/**
 * The allowed share of bad events throughout the first month or quarter, none in the second: half of the budget is left at half time, nothing at the end, and
 * all of it a week later.
 */
export function calendarTest(objective: ServiceLevelObjective): BurnTest | undefined {
  const calendar = objective.extras?.calendar;
  if (calendar === undefined) return undefined;
  const [first, second] = windowDays[calendar];
  const budget = Number((1 - objective.objective / 100).toFixed(9));
  const identity = { sloth_id: objectiveId(objective), sloth_service: objective.service, sloth_slo: objective.name };
  const asked = (day: number, what: string, value: number): BurnTest["test"]["promql_expr_test"][number] => ({
    expr: `round(sum(slo:calendar_${what}${labelText({ calendar, ...identity })}), 0.001)`,
    eval_time: `${day * 24}h`,
    exp_samples: [{ labels: "{}", value: Number(value.toFixed(3)) }],
  });
  return {
    evaluationInterval: `${step}h`,
    additions: true,
    test: {
      name: `${objective.name}: the budget of a ${calendar}`,
      interval: `${step}h`,
      input_series: [
        {
          series: `slo:sli_error:ratio_rate1h${labelText({ ...identity, sloth_window: "1h" })}`,
          values: `${budget}x${first * perDay - 1} 0x${second * perDay}`,
        },
        { series: `slo:error_budget:ratio${labelText(identity)}`, values: `${budget}x${(first + second) * perDay}` },
      ],
      promql_expr_test: [
        asked(first / 2, "elapsed:ratio", 0.5),
        asked(first / 2, "error_budget_remaining:ratio", 0.5),
        asked(first - 0.25, "error_budget_remaining:ratio", 0.25 / first),
        asked(first + 7, "elapsed:ratio", 7 / second),
        asked(first + 7, "error:ratio", 0),
        asked(first + 7, "error_budget_remaining:ratio", 1),
      ],
    },
  };
}
