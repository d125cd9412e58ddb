import type {
  EventsPromise,
  PluginPromise,
  PromiseTerms,
  RawPromise,
  SaturationPromise,
  ServicePromise,
} from "@plinth/core";
import {
  divide,
  type Expression,
  greaterOrEqual,
  matching,
  max,
  metric,
  multiply,
  or,
  rate,
  rawPromql,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { expandIndicatorPlugin } from "../indicator-plugins/expand-plugin.ts";
import type { Indicator } from "../objectives/service-level-objective.ts";
import { type Groups, ifAny, shareOfTime, withinLimit } from "./expressions.ts";
import {
  availabilityIndicator,
  freshnessIndicator,
  latencyIndicator,
  throughputIndicator,
} from "./request-indicators.ts";
import { filledPlace, type RequestPlace, requestsOf } from "./requests.ts";
import { haveSameLabels } from "./same-labels.ts";

/** How many combinations of labels are measured unless the promise says otherwise. */
const defaultSeriesLimit = 50;

/** The labels that a promise is kept for each by itself. */
export function groupsOf({ by, seriesLimit = defaultSeriesLimit }: PromiseTerms): Groups | undefined {
  return by === undefined ? undefined : { by, limit: seriesLimit };
}

/** What is counted for a promise; `undefined` where the source that it names counts nothing of the sort. */
export function indicatorOf(promise: ServicePromise, place: RequestPlace): Indicator | undefined {
  const groups = groupsOf(promise);
  switch (promise.kind) {
    case "availability":
    case "latency":
    case "throughput":
    case "freshness":
      return requestIndicator(promise, place, groups);
    case "saturation":
      return saturationIndicator(promise, place, groups);
    case "events":
      return eventsIndicator(promise, place, groups);
    case "raw":
      return rawIndicator(promise, place, groups);
    case "plugin":
      return pluginIndicator(promise);
  }
}

function requestIndicator(
  promise: Extract<ServicePromise, { readonly kind: "availability" | "latency" | "throughput" | "freshness" }>,
  place: RequestPlace,
  groups: Groups | undefined,
): Indicator | undefined {
  const route = "route" in promise ? promise.route : undefined;
  const requests = requestsOf(promise.from ?? "span-metrics", place, route);
  if (promise.kind === "freshness" && promise.lastSuccess !== undefined)
    return freshnessIndicator(promise, requests ?? { perSecond: 1 }, place, groups);
  if (requests === undefined) return undefined;
  switch (promise.kind) {
    case "availability":
      return availabilityIndicator(requests, groups);
    case "latency":
      return latencyIndicator(promise, requests, groups);
    case "throughput":
      return throughputIndicator(promise, requests, groups);
    case "freshness":
      return freshnessIndicator(promise, requests, place, groups);
  }
}

/** Minutes in which the fullest container is above the limit. */
function saturationIndicator(
  { below, of }: SaturationPromise,
  place: RequestPlace,
  groups: Groups | undefined,
): Indicator {
  const share = typeof of === "string" ? fullestContainer(of, place) : rawPromql(filledPlace(of.promql, place));
  return {
    kind: "ratio",
    errorRatio: shareOfTime(greaterOrEqual(share, below / 100, { bool: true })),
    presence: share,
    ...(groups === undefined ? {} : { by: groups.by }),
  };
}

/** Share of its limit that the fullest of a service's containers uses. Its pods begin with its name, its container has it. */
function fullestContainer(resource: "cpu" | "memory", { service, namespace }: RequestPlace): Expression {
  const container = {
    ...(namespace === undefined ? {} : { namespace }),
    pod: matching(`${service}-.*`),
    container: service,
  };
  const used =
    resource === "memory"
      ? sum(select(metric("container_memory_working_set_bytes"), container), { by: containerLabels })
      : sum(rate(select(metric("container_cpu_usage_seconds_total"), container), "5m"), { by: containerLabels });
  const limit = sum(select(metric("kube_pod_container_resource_limits"), { ...container, resource }), {
    by: containerLabels,
  });
  return max(divide(used, limit));
}

const containerLabels = ["namespace", "pod", "container"] as const;

/**
 * A user's own counters: text that `promqlFindings` has been asked about. Before the first bad event, and after a restart, there may be no such series: then
 * there are none, as long as there are events at all and both queries give series of the same labels.
 */
function eventsIndicator(
  { counted, total }: EventsPromise,
  place: RequestPlace,
  groups: Groups | undefined,
): Indicator {
  const all = rawPromql(filledPlace(total, place));
  const typed = filledPlace("bad" in counted ? counted.bad : counted.good, place);
  const some = haveSameLabels(typed, filledPlace(total, place))
    ? or(rawPromql(typed), multiply(all, 0))
    : rawPromql(typed);
  return {
    kind: "events",
    bad: "bad" in counted ? some : subtract(all, some),
    total: withinLimit(ifAny(all), groups),
    presence: all,
    ...(groups === undefined ? {} : { by: groups.by }),
  };
}

function rawIndicator({ errorRatio }: RawPromise, place: RequestPlace, groups: Groups | undefined): Indicator {
  const ratio = rawPromql(filledPlace(errorRatio, place));
  return { kind: "ratio", errorRatio: ratio, presence: ratio, ...(groups === undefined ? {} : { by: groups.by }) };
}

/** A plugin of Sloth's common library is a query like any other; only Sloth runs the rest. */
function pluginIndicator({ id, options }: PluginPromise): Indicator {
  const { errorRatioQuery } = expandIndicatorPlugin({ id, options });
  if (errorRatioQuery === undefined) return { kind: "plugin", id, options };
  const ratio = rawPromql(errorRatioQuery);
  return { kind: "ratio", errorRatio: ratio, presence: ratio };
}
