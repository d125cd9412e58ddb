import { type Environment, namespaceOf, type Platform, type RequestSource, type Service } from "@plinth/core";
import { type Matcher, routeMatcher, type Selector, select, servedSpanKind, spanMetrics } from "@plinth/metrics";
import { httpServerRequests } from "./http-server-requests.ts";
import { istioRequests } from "./istio-requests.ts";
import { selectorOf } from "./selector-text.ts";

/** Whose requests are counted, and where. */
export interface RequestPlace {
  readonly service: string;
  /** Where it runs. @default not asked about */
  readonly namespace?: string;
  /** Its `deployment.environment.name`. @default not asked about */
  readonly environment?: string;
  /** Which spans are the service's work for others; left out where there are none. */
  readonly spanKind?: "SPAN_KIND_SERVER" | "SPAN_KIND_CONSUMER";
}

/** Series that count and time requests. What a source does not have is left out. */
export interface Requests {
  /** Counters of all. */
  readonly calls?: Selector;
  /** Counters of those that failed: an event is in one of them. */
  readonly errors?: readonly Selector[];
  /** The histogram's family, with its matchers. */
  readonly durations?: Selector;
  /** How many of the histogram's unit are a second. */
  readonly perSecond: 1 | 1000;
  /** The label of the route, and whether the method stands before it; left out where requests are counted without it. */
  readonly route?: { readonly label: string; readonly method: boolean };
}

/** Where a service's requests are counted. */
export function requestPlace(platform: Platform, environment: Environment, service: Service): RequestPlace {
  const spanKind = servedSpanKind(service);
  return {
    service: service.name,
    namespace: namespaceOf(platform, service),
    environment: environment.name,
    ...(spanKind === undefined ? {} : { spanKind }),
  };
}

/** The series of a source for a service, narrowed to a route. Nothing where the source does not know the service. */
export function requestsOf(source: RequestSource, place: RequestPlace, route?: string): Requests | undefined {
  const requests = seriesOf(source, place);
  if (requests?.route === undefined || route === undefined) return requests;
  const { label, method } = requests.route;
  const matcher = routeMatcher(route, { method });
  const narrowed = (selector: Selector): Selector => withLabel(selector, label, matcher);
  const { calls, errors, durations, ...rest } = requests;
  return {
    ...rest,
    ...(calls === undefined ? {} : { calls: narrowed(calls) }),
    ...(errors === undefined ? {} : { errors: errors.map(narrowed) }),
    ...(durations === undefined ? {} : { durations: narrowed(durations) }),
  };
}

function seriesOf(source: RequestSource, place: RequestPlace): Requests | undefined {
  if (source === "span-metrics") return spanRequests(place);
  if (source === "http-server") return httpServerRequests(place);
  if (source === "istio") return istioRequests(place);
  const selector = (text: string | undefined): Selector | undefined =>
    text === undefined ? undefined : selectorOf(filledPlace(text, place));
  const [calls, errors, durations] = [selector(source.calls), selector(source.errors), selector(source.durations)];
  return {
    ...(calls === undefined ? {} : { calls }),
    ...(errors === undefined ? {} : { errors: [errors] }),
    ...(durations === undefined ? {} : { durations }),
    perSecond: source.unit === "milliseconds" ? 1000 : 1,
    route: { label: source.routeLabel ?? "http_route", method: false },
  };
}

function spanRequests({ service, environment, spanKind }: RequestPlace): Requests | undefined {
  if (spanKind === undefined) return undefined;
  const spans = { ...inEnvironment(environment), service_name: service, span_kind: spanKind };
  return {
    calls: select(spanMetrics.calls, spans),
    errors: [select(spanMetrics.calls, { ...spans, status_code: spanMetrics.statuses.error })],
    durations: select(spanMetrics.duration, spans),
    perSecond: 1,
    route: { label: spanMetrics.labels.span, method: true },
  };
}

/** The label of OpenTelemetry's resource attribute, where the environment is known. */
export function inEnvironment(environment: string | undefined): { readonly deployment_environment_name?: string } {
  return environment === undefined ? {} : { deployment_environment_name: environment };
}

/** PromQL with the service's own names filled in. `{{.window}}` stays. */
export function filledPlace(promql: string, { service, environment, namespace }: RequestPlace): string {
  const values: Readonly<Record<string, string | undefined>> = { service, environment, namespace };
  return promql.replace(
    /\{\{ *\.(service|environment|namespace) *\}\}/g,
    (found, name: string) => values[name] ?? found,
  );
}

/** A selector with one more condition. */
export function withLabel(selector: Selector, label: string, matcher: Matcher): Selector {
  const value = typeof matcher === "string" ? ({ operator: "=", value: matcher } as const) : matcher;
  return { ...selector, matchers: [...selector.matchers, { label, ...value }] };
}
