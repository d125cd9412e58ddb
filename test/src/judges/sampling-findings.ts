import { type Environment, type Platform, parseDuration } from "@plinth/core";
import { serviceGraphMetrics, spanMetricBuckets, spanMetrics } from "@plinth/metrics";
import type { WrittenSeries } from "./remote-write.ts";
import { spansPerTrace, type TraceGroup } from "./sampling-traces.ts";

const bound = 4;

/** What is wrong with what was kept: sentences. Of n traces that are kept with probability p, n·p are, and 4·√(n·p·(1-p)) more or less. */
export function samplingProblems(
  groups: readonly TraceGroup[],
  spans: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return groups.flatMap(({ name, percent, traces }) => {
    const kept = traces.filter(({ id }) => spans.has(id));
    const share = percent / 100;
    const expected = traces.length * share;
    const tolerance = bound * Math.sqrt(expected * (1 - share));
    const parts = kept.filter(({ id }) => spans.get(id)?.size !== spansPerTrace);
    return [
      ...(Math.abs(kept.length - expected) <= tolerance
        ? []
        : [
            `${name}: ${kept.length} of ${traces.length} traces are kept; ${percent} % are ${expected}, give or take ${Math.round(tolerance)}`,
          ]),
      ...(parts.length === 0
        ? []
        : [`${name}: ${parts.length} of ${kept.length} kept traces do not have all of their ${spansPerTrace} spans`]),
    ];
  });
}

/** Labels that remote write itself adds: `service.namespace/service.name` and `service.instance.id`. */
const remoteWriteLabels = ["__name__", "job", "instance"];

/** What is wrong with the series of the span metrics: sentences. */
export function spanMetricProblems(
  platform: Platform,
  environment: Environment,
  all: readonly WrittenSeries[],
  acceptedSpans: number,
): readonly string[] {
  const series = all.filter(({ name }) => !isGraph(name));
  const { calls, duration, labels } = spanMetrics;
  const bucket = `${duration.name}_bucket`;
  const names = [calls.name, bucket, `${duration.name}_count`, `${duration.name}_sum`];
  const expectedLabels = (name: string): readonly string[] => [
    ...Object.values(labels),
    ...(name === bucket ? ["le"] : []),
  ];
  const counted = (name: string): number =>
    series.filter((each) => each.name === name).reduce((sum, { value }) => sum + value, 0);
  const values = (label: string): ReadonlySet<string> =>
    new Set(series.flatMap((each) => each.labels.get(label) ?? []));
  const bounds = [
    ...spanMetricBuckets(platform).map((text) => String((parseDuration(text) ?? Number.NaN) / 1000)),
    "+Inf",
  ];
  return [
    ...different("the series of the span metrics", new Set(series.map(({ name }) => name)), names),
    ...names.flatMap((name) => {
      const own = series.filter((each) => each.name === name).flatMap((each) => [...each.labels.keys()]);
      const meant = own.filter((label) => !remoteWriteLabels.includes(label));
      return different(`the labels of ${name}`, new Set(meant), expectedLabels(name));
    }),
    ...different(`the bounds of ${bucket}`, values("le"), bounds),
    ...different(`the values of ${labels.environment}`, values(labels.environment), [environment.name]),
    ...different(`the values of ${labels.kind}`, values(labels.kind), [
      spanMetrics.kinds.server,
      spanMetrics.kinds.client,
    ]),
    ...different(`the values of ${labels.status}`, values(labels.status), [
      spanMetrics.statuses.unset,
      spanMetrics.statuses.error,
    ]),
    ...[calls.name, `${duration.name}_count`].flatMap((name) =>
      counted(name) === acceptedSpans ? [] : [`${name} counts ${counted(name)} spans, and ${acceptedSpans} came`],
    ),
  ];
}

function isGraph(name: string): boolean {
  return name.startsWith("traces_service_graph_");
}

/** What is wrong with the series of the service graph: sentences. Every trace is one request of a service to another. */
export function serviceGraphProblems(
  environment: Environment,
  all: readonly WrittenSeries[],
  traces: { readonly sent: number; readonly failed: number },
): readonly string[] {
  const { requests, failedRequests, clientDuration, serverDuration, labels, buckets } = serviceGraphMetrics;
  const histograms = [clientDuration.name, serverDuration.name];
  const names = [
    requests.name,
    failedRequests.name,
    ...histograms.flatMap((name) => [`${name}_bucket`, `${name}_count`, `${name}_sum`]),
  ];
  const series = all.filter(({ name }) => isGraph(name));
  const sumOf = (metric: string): number =>
    series.filter(({ name }) => name === metric).reduce((sum, { value }) => sum + value, 0);
  const values = (label: string): ReadonlySet<string> =>
    new Set(series.flatMap((each) => each.labels.get(label) ?? []));
  // The connector writes no label for a text that is empty: the kind of a connection between two services.
  const always = Object.values(labels).filter((label) => label !== labels.connection);
  return [
    ...different("the series of the service graph", new Set(series.map(({ name }) => name)), names),
    ...names.flatMap((name) => {
      const own = series.filter((each) => each.name === name).flatMap((each) => [...each.labels.keys()]);
      const meant = own.filter((label) => !remoteWriteLabels.includes(label) && label !== labels.connection);
      return different(`the labels of ${name}`, new Set(meant), [
        ...always,
        ...(name.endsWith("_bucket") ? ["le"] : []),
      ]);
    }),
    ...different("the bounds of the service graph", values("le"), [
      ...buckets.map((text) => String((parseDuration(text) ?? Number.NaN) / 1000)),
      "+Inf",
    ]),
    ...different(`the values of ${labels.environment}`, values(labels.environment), [environment.name]),
    // More when the gateway had to send some again.
    ...(sumOf(requests.name) >= traces.sent
      ? []
      : [`${requests.name} counts ${sumOf(requests.name)} requests, and ${traces.sent} traces were sent`]),
    ...(sumOf(failedRequests.name) >= traces.failed
      ? []
      : [`${failedRequests.name} counts ${sumOf(failedRequests.name)} requests, and ${traces.failed} failed`]),
  ];
}

function different(what: string, found: ReadonlySet<string>, expected: readonly string[]): readonly string[] {
  const meant = new Set(expected);
  const missing = [...meant].filter((each) => !found.has(each));
  const more = [...found].filter((each) => !meant.has(each));
  return [
    ...(missing.length === 0 ? [] : [`${what} lack ${missing.join(", ")}`]),
    ...(more.length === 0 ? [] : [`${what} have ${more.join(", ")} as well`]),
  ];
}
