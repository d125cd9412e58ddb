import { formatFinding, once, parseDuration } from "@plinth/core";
import { printPromqlLine, type RuleGroup } from "@plinth/metrics";
import {
  type EvaluatedRules,
  evaluatePromql,
  evaluateRules,
  type PromtoolSeries,
  type RuleEvaluationOptions,
} from "@plinth/metrics/evaluation";
import type { ServiceDefinition } from "../definition/define-service.ts";
import { type StandaloneLevels, serviceLevelsOf } from "../definition/service-levels-of.ts";
import { objectiveRules } from "../rules/objective-rules.ts";
import { neededRules, selectorsIn } from "./needed-rules.ts";
import { alertLine, type ServiceAlert, serviceAlert } from "./service-alert.ts";

/** `"page"`, `"ticket"`, or the name of an alert such as `"SloMetricAbsent"`. */
export type AlertKind = "page" | "ticket" | (string & {});

/** How long the test lasts, and how dense its samples are: as for `evaluateRules`. */
export type AlertsOverOptions = RuleEvaluationOptions;

/** What fired when. Times are durations after the first sample, as Prometheus writes them: `"1h3m"`. */
export interface ServiceAlerts {
  /** Each stretch of time in which an alert fired, in the order in which they began. */
  readonly all: readonly ServiceAlert[];
  /** One line for each: `2h23m to 5h: AvailabilityBudgetBurn (ticket, availability)`. */
  readonly timeline: readonly string[];
  /** When the first alert of this kind began to fire; `undefined` where none did. */
  first(kind: AlertKind): string | undefined;
  /** What fires at a time after the first sample. */
  at(time: string): readonly ServiceAlert[];
  /** The alerts of one promise. */
  of(promise: string): ServiceAlerts;
  /** What PromQL gives over the series and what the rules have recorded; at the end, unless a time is given. */
  query: EvaluatedRules["query"];
}

/**
 * Which alerts of a service's promises fire over series in promtool's notation, and when: for a test beside `slo.ts`. The rules are those that are rendered, as far
 * as alerts need them, evaluated in this process; six hours take some ten milliseconds.
 *
 * @param levels The service, or what `serviceLevelsOf` made of it with options of its own.
 * @param series Samples by series, one a minute unless `interval` says otherwise: `{ 'requests_total{service_name="loyalty"}': "0+60x120" }`.
 * @throws Error with every finding, where the promises are wrong.
 * @throws TypeError for a series that no rule reads: a slip of the hand, with which nothing would ever fire.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 * @example
 * import { availability, defineService } from "@plinth/slo";
 * const loyalty = defineService({ name: "loyalty", team: "backend", promises: [availability(99.5)] });
 * const alerts = alertsOver(loyalty, {
 *   'traces_span_metrics_calls_total{service_name="loyalty",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_OK"}': "0+54x360",
 *   'traces_span_metrics_calls_total{service_name="loyalty",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}': "0+6x360",
 * });
 * alerts.first("ticket"); // when it opened, such as "2m"
 */
export function alertsOver(
  levels: ServiceDefinition | StandaloneLevels,
  series: PromtoolSeries,
  options: AlertsOverOptions = {},
): ServiceAlerts {
  const groups = groupsOf("objectives" in levels ? levels : levelsOf(levels));
  refuseUnread(groups, Object.keys(series));
  const { alerts, query } = evaluateRules(groups, series, options);
  return alertsOf(alerts.map(serviceAlert), query);
}

// A file of tests asks about the same service many times.
const levelsOf = once((definition: ServiceDefinition) => serviceLevelsOf(definition));
const groupsOf = once(({ objectives, findings }: StandaloneLevels): readonly RuleGroup[] => {
  const wrong = findings.filter(({ severity }) => severity === "error");
  if (wrong.length > 0) throw new Error(wrong.map((finding) => formatFinding(finding)).join("\n"));
  return neededRules(objectives.flatMap((objective) => objectiveRules(objective)));
});

function alertsOf(all: readonly ServiceAlert[], query: EvaluatedRules["query"]): ServiceAlerts {
  return {
    all,
    timeline: all.map(alertLine),
    first: (kind) => all.find((each) => each.kind === kind || each.alert === kind)?.from,
    at: (time) => {
      const moment = millisecondsOf(time);
      return all.filter(
        ({ from, until }) => millisecondsOf(from) <= moment && (until === undefined || moment < millisecondsOf(until)),
      );
    },
    of: (promise) =>
      alertsOf(
        all.filter((each) => each.promise === promise),
        query,
      ),
    query,
  };
}

function millisecondsOf(time: string): number {
  const milliseconds = parseDuration(time);
  if (milliseconds !== undefined) return milliseconds;
  throw new TypeError(
    `${JSON.stringify(time)} is no time. Expected a duration after the first sample such as "1h30m".`,
  );
}

function refuseUnread(groups: readonly RuleGroup[], names: readonly string[]): void {
  const selectors = new Map(
    groups.flatMap(({ rules }) =>
      rules.flatMap(selectorsIn).map((selector) => {
        const { offset: _, at: __, ...bare } = selector;
        return [printPromqlLine(bare), bare] as const;
      }),
    ),
  );
  for (const name of names) {
    if ([...selectors.values()].some((selector) => evaluatePromql(selector, { [name]: "1" }).length > 0)) continue;
    const metric = /^\w*/.exec(name)?.[0] ?? "";
    const near = [...selectors.keys()].filter((text) => metric !== "" && text.startsWith(metric));
    const read = near.length > 0 ? near : [...selectors.keys()].filter((text) => !/^(?:slo|sloth):/.test(text));
    throw new TypeError(`No rule reads the series ${name}. These are read:\n  ${read.join("\n  ")}`);
  }
}
