import type { IndicatorPlugin, PluginOption, PluginValues } from "./indicator-plugin.ts";

const window = "{{.window}}";
const filter: PluginOption = { name: "filter", kind: "filter" };
const equalities: PluginOption = { name: "filter", kind: "equalities" };
const bucket: PluginOption = { name: "bucket", kind: "bucket", required: true };
const excludeErrors: PluginOption = { name: "exclude_errors", kind: "boolean" };
const serverErrors = 'code!~"5.."';

/** The rate of the series of a metric that match. */
function rateOf(metric: string, matchers: readonly string[]): string {
  return `sum(rate(${metric}{${matchers.join(",")}}[${window}]))`;
}

/** `label="value"` */
function equal(label: string, value: string): string {
  return `${label}="${value}"`;
}

/** `label=~"value"` */
function matches(label: string, value: string): string {
  return `${label}=~"${value}"`;
}

/** The matchers of the user, and those that leave out the server's errors where the user wants them left out. */
function wanted(values: PluginValues): readonly string[] {
  return values.flag("exclude_errors") ? [...values.filter, serverErrors] : values.filter;
}

/** 1 minus the share of events in a bucket. */
function slowShare(histogram: string, matchers: readonly string[], values: PluginValues): string {
  const fast = rateOf(`${histogram}_bucket`, [...matchers, equal("le", values.text("bucket"))]);
  return `1 - (${fast} / ${rateOf(`${histogram}_count`, matchers)})`;
}

/** The same, and nothing bad where there is no traffic. */
function slowShareOfTraffic(histogram: string, matchers: readonly string[], values: PluginValues): string {
  const fast = rateOf(`${histogram}_bucket`, [...matchers, equal("le", values.text("bucket"))]);
  return `1 - ((${fast} / (${rateOf(`${histogram}_count`, matchers)} > 0)) or on() vector(1))`;
}

/** The share of events that match, and nothing bad where there is no traffic. */
function badShareOfTraffic(metric: string, matchers: readonly string[], bad: string): string {
  return `(${rateOf(metric, [...matchers, bad])} / (${rateOf(metric, matchers)} > 0)) or on() vector(0)`;
}

/** The share of events that match. */
function badShare(metric: string, matchers: readonly string[], bad: string): string {
  return `${rateOf(metric, [...matchers, bad])} / ${rateOf(metric, matchers)}`;
}

const controller: PluginOption = { name: "controller", kind: "text", required: true };
const ofController = (values: PluginValues): readonly string[] => [
  ...values.filter,
  equal("controller", values.text("controller")),
];
const istioService: readonly PluginOption[] = [
  { name: "service", kind: "text", required: true },
  { name: "namespace", kind: "text", required: true },
];
const traefikBackend: PluginOption = { name: "backend_regex", kind: "regex", required: true };
const traefikService: PluginOption = { name: "service_name_regex", kind: "regex", required: true };

/**
 * What the plugins of Sloth's common library measure, each as plain PromQL: the ids and options are the library's, and the expressions mean what its do.
 *
 * Left out are two whose queries no Sloth accepts: `sloth-common/istio/v1/availability` leaves the window out of its template, and
 * `sloth-common/linkerd/v2/latency` sums a range; and two that measure nothing (`fake`, `noop`).
 *
 * @see https://github.com/slok/sloth-common-sli-plugins
 */
export const slothLibrary: readonly IndicatorPlugin[] = [
  {
    id: "sloth-common/coredns/availability",
    options: [filter, { name: "custom_rcode_regex", kind: "regex" }],
    errorRatio: (values) => {
      const bad = matches("rcode", values.text("custom_rcode_regex") || "SERVFAIL");
      const responses = "coredns_dns_responses_total";
      return `${rateOf(responses, [...values.filter, bad])} / (${rateOf(responses, values.filter)} > 0)`;
    },
  },
  {
    id: "sloth-common/coredns/latency",
    options: [filter, bucket],
    errorRatio: (values) => slowShareOfTraffic("coredns_dns_request_duration_seconds", values.filter, values),
  },
  {
    id: "sloth-common/haproxy/frontend/availability",
    options: [filter],
    errorRatio: (values) => badShare("haproxy_frontend_http_responses_total", values.filter, equal("code", "5xx")),
  },
  {
    id: "sloth-common/istio/v1/latency",
    options: [filter, bucket, excludeErrors, ...istioService],
    errorRatio: (values) =>
      slowShareOfTraffic(
        "istio_request_duration_milliseconds",
        [
          ...wanted(values),
          equal("destination_service_name", values.text("service")),
          equal("destination_service_namespace", values.text("namespace")),
        ],
        values,
      ),
  },
  {
    id: "sloth-common/kubernetes/apiserver/availability",
    options: [equalities],
    errorRatio: (values) => badShare("apiserver_request_total", values.filter, matches("code", "(5..|429)")),
  },
  {
    id: "sloth-common/kubernetes/apiserver/latency",
    options: [equalities, bucket],
    errorRatio: (values) => {
      // A watch is meant to last.
      const answered = [...values.filter, 'verb!="WATCH"'];
      const all = rateOf("apiserver_request_duration_seconds_count", answered);
      const fast = rateOf("apiserver_request_duration_seconds_bucket", [
        ...values.filter,
        equal("le", values.text("bucket")),
        'verb!="WATCH"',
      ]);
      return `(${all} - ${fast}) / ${all}`;
    },
  },
  {
    id: "sloth-common/kubernetes/kooper/availability",
    options: [filter, controller],
    errorRatio: (values) => {
      const processed = "kooper_controller_processed_event_duration_seconds_count";
      const own = ofController(values);
      const requeued = rateOf("kooper_controller_queued_events_total", [...own, equal("requeue", "true")]);
      return `${rateOf(processed, [...own, equal("success", "false")])} / (${rateOf(processed, own)} - ${requeued})`;
    },
  },
  {
    id: "sloth-common/kubernetes/kooper/latency",
    options: [filter, controller, bucket],
    errorRatio: (values) =>
      slowShare("kooper_controller_processed_event_duration_seconds", ofController(values), values),
  },
  {
    id: "sloth-common/kubernetes/kooper/queue-congestion",
    options: [filter, controller, bucket],
    errorRatio: (values) =>
      slowShare("kooper_controller_event_in_queue_duration_seconds", ofController(values), values),
  },
  {
    id: "sloth-common/kubernetes/nginx-ingress/availability",
    options: [equalities],
    errorRatio: (values) =>
      badShare("nginx_ingress_controller_requests", values.filter, matches("status", "(5..|429)")),
  },
  {
    id: "sloth-common/linkerd/v2/availability",
    options: [{ ...equalities, required: true }],
    errorRatio: (values) => {
      const total = (matchers: readonly string[]): string =>
        `sum(increase(response_total{${matchers.join(",")}}[${window}]))`;
      const inbound = equal("direction", "inbound");
      const failed = total([...values.filter, equal("classification", "failure"), inbound]);
      return `(${failed} / ${total([...values.filter, inbound])}) or on() vector(0)`;
    },
  },
  {
    id: "sloth-common/prometheus/rules/eval-availability",
    options: [filter],
    errorRatio: (values) =>
      `${rateOf("prometheus_rule_evaluation_failures_total", values.filter)} / ${rateOf("prometheus_rule_evaluations_total", values.filter)}`,
  },
  {
    id: "sloth-common/prometheus/targets/availability",
    options: [filter],
    errorRatio: (values) => {
      const up = `up{${values.filter.join(",")}}`;
      return `sum(count_over_time((${up} == 0)[${window}:])) / sum(count_over_time((${up})[${window}:]))`;
    },
  },
  {
    id: "sloth-common/slok-go-http-metrics/availability",
    options: [{ ...equalities, required: true }],
    errorRatio: (values) =>
      badShare("http_request_duration_seconds_count", values.filter, matches("code", "(5..|429)")),
  },
  {
    id: "sloth-common/slok-go-http-metrics/latency",
    options: [{ ...equalities, required: true }, bucket, excludeErrors],
    errorRatio: (values) => slowShare("http_request_duration_seconds", wanted(values), values),
  },
  {
    id: "sloth-common/traefik/v1/availability",
    options: [filter, traefikBackend],
    errorRatio: (values) =>
      badShareOfTraffic(
        "traefik_backend_requests_total",
        [...values.filter, matches("backend", values.text("backend_regex"))],
        matches("code", "(5..|429)"),
      ),
  },
  {
    id: "sloth-common/traefik/v1/latency",
    options: [filter, traefikBackend, bucket, excludeErrors],
    errorRatio: (values) =>
      slowShareOfTraffic(
        "traefik_backend_request_duration_seconds",
        [...wanted(values), matches("backend", values.text("backend_regex"))],
        values,
      ),
  },
  {
    id: "sloth-common/traefik/v2/availability",
    options: [filter, traefikService],
    errorRatio: (values) =>
      badShareOfTraffic(
        "traefik_service_requests_total",
        [...values.filter, matches("service", values.text("service_name_regex"))],
        matches("code", "(5..)"),
      ),
  },
  {
    id: "sloth-common/traefik/v2/latency",
    options: [filter, traefikService, bucket, excludeErrors],
    errorRatio: (values) =>
      slowShareOfTraffic(
        "traefik_service_request_duration_seconds",
        [...wanted(values), matches("service", values.text("service_name_regex"))],
        values,
      ),
  },
];
