import { type Environment, parseDuration, type Service, type ServicePromise } from "@plinth/core";
import { formatDecimal, servedSpans, spanMetrics } from "@plinth/metrics";
import { promisesOf, type ServiceLevelObjective } from "@plinth/slo";
import { type BurnSituation, burnSituations } from "./slo-burn-situations.ts";

/** A test as promtool reads it. */
export interface BurnTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly promql_expr_test: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

/** The tests of each objective of a service that pages. */
export function burnTests(
  environment: Environment,
  service: Service,
  objectives: readonly ServiceLevelObjective[],
): readonly BurnTest[] {
  return promisesOf(service).flatMap((promise) => {
    const objective = objectives.find(({ name }) => name === promise.name);
    if (objective === undefined || promise.alerts !== "page-and-ticket") return [];
    return burnSituations(promise.objective).map((situation): BurnTest => {
      const spans = servedSpans(service, environment);
      const place = situation.elsewhere === true ? { deployment_environment_name: "elsewhere" } : {};
      return {
        name: `${promise.name}: ${situation.name}`,
        interval: "1m",
        input_series: situation.traffic.length === 0 ? [] : inputSeries(promise, { ...spans, ...place }, situation),
        promql_expr_test: situation.checks.map(({ minute, page, ticket }) => ({
          // Counted by what people and Alertmanager go by; other objectives of the service are not asked about.
          expr: `count by (alertname, service, team, severity) (ALERTS{alertstate="firing", slo=${JSON.stringify(promise.name)}})`,
          eval_time: `${minute}m`,
          exp_samples: [...(page ? ["critical"] : []), ...(ticket ? ["warning"] : [])].map((severity) => ({
            labels: labelText({
              alertname: objective.alerts.name,
              service: service.name,
              team: service.team,
              severity,
            }),
            value: 1,
          })),
        })),
      };
    });
  });
}

const perMinute = 100_000;
const { calls, duration, statuses } = spanMetrics;

function inputSeries(
  promise: ServicePromise,
  served: Readonly<Record<string, string>>,
  { traffic }: BurnSituation,
): BurnTest["input_series"] {
  const spans = { ...served, span_name: "GET /", collector_instance_id: "a" };
  const bad = traffic.map((ratio) => (ratio === undefined ? 0 : Math.round(perMinute * ratio)));
  const good = traffic.map((ratio, minute) => (ratio === undefined ? 0 : perMinute - (bad[minute] ?? 0)));
  if (promise.kind === "availability")
    return [
      counter(calls.name, { ...spans, status_code: statuses.unset }, good),
      counter(calls.name, { ...spans, status_code: statuses.error }, bad),
    ];
  const status_code = statuses.unset;
  const le = formatDecimal((parseDuration(promise.below) ?? 0) / 1000);
  const all = traffic.map((ratio) => (ratio === undefined ? 0 : perMinute));
  return [
    counter(`${duration.name}_bucket`, { ...spans, status_code, le }, good),
    counter(`${duration.name}_bucket`, { ...spans, status_code, le: "+Inf" }, all),
    counter(`${duration.name}_count`, { ...spans, status_code }, all),
  ];
}

/** A counter that grows by so much in each minute. */
function counter(
  name: string,
  labels: Readonly<Record<string, string>>,
  growth: readonly number[],
): { readonly series: string; readonly values: string } {
  let total = 0;
  const values = growth.map((more) => {
    total += more;
    return total;
  });
  return { series: `${name}${labelText(labels)}`, values: [0, ...values].join(" ") };
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;
}
