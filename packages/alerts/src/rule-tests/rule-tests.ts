import { emitYaml, parseDuration, printDuration } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import type { FiringScenario, Scenario } from "../alert/scenario.ts";
import { expandText } from "../alert/template.ts";
import type { AlertingRule } from "../rules/alert-rule.ts";
import { printSamples, printSeries } from "./samples.ts";

const minute = 60_000;

/**
 * One test of promtool: series, and what fires at which time.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly AlertTest[];
}

export interface AlertTest {
  readonly eval_time: string;
  readonly alertname: string;
  /** Empty: nothing fires. */
  readonly exp_alerts: readonly ExpectedAlert[];
}

export interface ExpectedAlert {
  readonly exp_labels: Readonly<Record<string, string>>;
  readonly exp_annotations: Readonly<Record<string, string>>;
}

/**
 * The tests of an alert: it fires once its expression has held for `for`, not one evaluation before, ends when it says so, and stays quiet on each
 * quiet situation all the time.
 */
export function ruleTests(alert: Alert, rule: AlertingRule): readonly RuleTest[] {
  return [
    ...alert.fires.map((scenario) => firingTest(alert, rule, scenario)),
    ...alert.quiet.map((scenario) => quietTest(alert, scenario)),
  ];
}

/** The text of a test file for one rule file, which lies beside it. */
export function printRuleTests(ruleFile: string, tests: readonly RuleTest[]): string {
  return emitYaml({ rule_files: [ruleFile], evaluation_interval: "1m", tests });
}

function firingTest(alert: Alert, rule: AlertingRule, scenario: FiringScenario): RuleTest {
  const begins = milliseconds(scenario.after);
  const fires = begins + Math.ceil(milliseconds(alert.for) / minute) * minute;
  const expected = [expectedAlert(rule, scenario)];
  const times = new Map<number, readonly ExpectedAlert[]>([[fires, expected]]);
  if (fires > 0) times.set(fires - minute, []);
  let end = fires;
  if (scenario.until !== undefined) {
    end = milliseconds(scenario.until) + Math.ceil(milliseconds(alert.keepFiringFor) / minute) * minute;
    times.set(end - minute, expected);
    times.set(end, []);
  }
  return ruleTest(`${alert.name} fires when ${scenario.name}`, alert, scenario, times, end);
}

function quietTest(alert: Alert, scenario: Scenario): RuleTest {
  const end =
    Math.max(
      ...scenario.series.flatMap(({ samples }) => samples.reduce((sum, { lasts }) => sum + milliseconds(lasts), 0)),
      0,
    ) + quietPeriod(alert);
  const times = new Map(quietTimes(end).map((time): [number, readonly ExpectedAlert[]] => [time, []]));
  return ruleTest(`${alert.name} stays quiet when ${scenario.name}`, alert, scenario, times, end);
}

/** Long enough for the expression's longest look back, and for `for` twice over. */
function quietPeriod(alert: Alert): number {
  const begins = alert.fires.map(({ after }) => milliseconds(after));
  return Math.max(...begins, 0) + 2 * milliseconds(alert.for) + 10 * minute;
}

const quietChecks = 30;

/** Moments spread over the whole time: an alert that fires in between shows at one of them, unless it is over before the next. */
function quietTimes(end: number): readonly number[] {
  return [
    ...new Set(
      Array.from(
        { length: quietChecks },
        (_, index) => Math.round((end * (index + 1)) / quietChecks / minute) * minute,
      ),
    ),
  ];
}

function ruleTest(
  name: string,
  alert: Alert,
  { series }: Scenario,
  times: ReadonlyMap<number, readonly ExpectedAlert[]>,
  end: number,
): RuleTest {
  return {
    name,
    interval: "1m",
    input_series: series.map((input) => ({
      series: printSeries(input),
      values: printSamples(input.samples, end / minute + 1),
    })),
    alert_rule_test: [...times.entries()]
      .sort(([a], [b]) => a - b)
      .map(([time, expected]) => ({ eval_time: printDuration(time), alertname: alert.name, exp_alerts: expected })),
  };
}

function expectedAlert(rule: AlertingRule, { labels, value = 0 }: FiringScenario): ExpectedAlert {
  return {
    exp_labels: { ...labels, ...rule.labels },
    exp_annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([name, text]) => [name, expandText(text, labels, value)]),
    ),
  };
}

function milliseconds(duration: string | undefined): number {
  return duration === undefined ? 0 : (parseDuration(duration) ?? 0);
}
