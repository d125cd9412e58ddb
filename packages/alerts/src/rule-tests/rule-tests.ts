import { emitYaml, parseDuration, printDuration } from "@plinth/core";
import type { AlertingRule } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import type { FiringScenario, Scenario } from "../alert/scenario.ts";
import { expandText } from "../alert/template.ts";
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
 *
 * @param interval How often the rule is evaluated: `evaluationInterval` says how seldom is enough. Milliseconds.
 */
export function ruleTests(alert: Alert, rule: AlertingRule, interval: number = minute): readonly RuleTest[] {
  return [
    ...alert.fires.map((scenario) => firingTest(alert, rule, scenario, interval)),
    ...alert.quiet.map((scenario) => quietTest(alert, scenario, interval)),
  ];
}

/** Tests that look at more than this are looked at less often, where nothing they say lies between two looks. */
const longTest = 6 * 60 * minute;

/**
 * How often the rules of alerts are evaluated in their tests, in milliseconds: each minute, or where situations last for many hours as seldom as each of their moments
 * still falls on an evaluation.
 */
export function evaluationInterval(alerts: readonly Alert[]): number {
  const moments = alerts.flatMap(({ for: holds, keepFiringFor, fires }) =>
    [holds, keepFiringFor, ...fires.flatMap(({ after, until }) => [after, until])].map(milliseconds),
  );
  const lasts = Math.max(
    ...alerts.flatMap((alert) => [
      ...alert.fires.map(({ after, until }) =>
        Math.max(milliseconds(after) + milliseconds(alert.for), milliseconds(until)),
      ),
      ...alert.quiet.map((scenario) => quietEnd(alert, scenario)),
    ]),
    0,
  );
  if (lasts < longTest) return minute;
  return [15 * minute, 5 * minute].find((interval) => moments.every((moment) => moment % interval === 0)) ?? minute;
}

/** The text of a test file for one rule file, which lies beside it. */
export function printRuleTests(ruleFile: string, tests: readonly RuleTest[], interval: number = minute): string {
  return emitYaml({ rule_files: [ruleFile], evaluation_interval: printDuration(interval), tests });
}

function firingTest(alert: Alert, rule: AlertingRule, scenario: FiringScenario, interval: number): RuleTest {
  const begins = milliseconds(scenario.after);
  const fires = begins + Math.ceil(milliseconds(alert.for) / interval) * interval;
  const expected = [expectedAlert(rule, scenario)];
  const times = new Map<number, readonly ExpectedAlert[]>([[fires, expected]]);
  if (fires > 0) times.set(fires - interval, []);
  let end = fires;
  if (scenario.until !== undefined) {
    end = milliseconds(scenario.until) + Math.ceil(milliseconds(alert.keepFiringFor) / interval) * interval;
    times.set(end - interval, expected);
    times.set(end, []);
  }
  return ruleTest(`${alert.name} fires when ${scenario.name}`, alert, scenario, times, end);
}

function quietTest(alert: Alert, scenario: Scenario, interval: number): RuleTest {
  const end = Math.ceil(quietEnd(alert, scenario) / interval) * interval;
  const times = new Map(quietTimes(end, interval).map((time): [number, readonly ExpectedAlert[]] => [time, []]));
  return ruleTest(`${alert.name} stays quiet when ${scenario.name}`, alert, scenario, times, end);
}

function quietEnd(alert: Alert, { series }: Scenario): number {
  return (
    Math.max(...series.flatMap(({ samples }) => samples.reduce((sum, { lasts }) => sum + milliseconds(lasts), 0)), 0) +
    quietPeriod(alert)
  );
}

/** Long enough for the expression's longest look back, and for `for` twice over. */
function quietPeriod(alert: Alert): number {
  const begins = alert.fires.map(({ after }) => milliseconds(after));
  return Math.max(...begins, 0) + 2 * milliseconds(alert.for) + 10 * minute;
}

const quietChecks = 30;

/** Moments spread over the whole time: an alert that fires in between shows at one of them, unless it is over before the next. */
function quietTimes(end: number, interval: number): readonly number[] {
  return [
    ...new Set(
      Array.from(
        { length: quietChecks },
        (_, index) => Math.round((end * (index + 1)) / quietChecks / interval) * interval,
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
