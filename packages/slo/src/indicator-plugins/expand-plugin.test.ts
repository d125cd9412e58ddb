import { formatPromqlLine, promqlSyntaxFindings } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { expandIndicatorPlugin } from "./expand-plugin.ts";
import { slothLibrary } from "./sloth-library.ts";

const fitting: Readonly<Record<string, string>> = {
  filter: 'job="a",zone="b"',
  bucket: "0.25",
  controller: "operator",
  service: "checkout",
  namespace: "shop",
  backend_regex: "checkout-.*",
  service_name_regex: "checkout@.*",
  exclude_errors: "true",
  custom_rcode_regex: "SERVFAIL|REFUSED",
};

const queryOf = (id: string, options: Readonly<Record<string, string>> = {}): string | undefined => {
  const { errorRatioQuery } = expandIndicatorPlugin({ id: `sloth-common/${id}`, options });
  return errorRatioQuery === undefined ? undefined : formatPromqlLine(errorRatioQuery, { variables: "sloth" });
};

describe("a plugin of Sloth's common library", () => {
  it.each(slothLibrary.map(({ id, options }) => ({ id, options })))(
    "is PromQL with a window, with all options and with none but those that must be: $id",
    ({ id, options }) => {
      const all = Object.fromEntries(options.map(({ name }) => [name, fitting[name] ?? ""]));
      const least = Object.fromEntries(
        options.flatMap(({ name, required }) => (required === true ? [[name, fitting[name] ?? ""]] : [])),
      );
      for (const given of [all, least]) {
        const query = expandIndicatorPlugin({ id, options: given }).errorRatioQuery ?? "";
        expect(query).toContain("{{.window}}");
        expect(promqlSyntaxFindings(query, { variables: "sloth" })).toEqual([]);
      }
    },
  );

  // The expressions of the library's own tests and templates at v0.11, as Prometheus prints them.
  it.each([
    [
      "coredns/availability",
      {},
      'sum(rate(coredns_dns_responses_total{rcode=~"SERVFAIL"}[{{.window}}])) / (sum(rate(coredns_dns_responses_total[{{.window}}])) > 0)',
    ],
    [
      "coredns/latency",
      { bucket: "0.032", filter: '{job="dns",}' },
      '1 - ((sum(rate(coredns_dns_request_duration_seconds_bucket{job="dns",le="0.032"}[{{.window}}])) / (sum(rate(coredns_dns_request_duration_seconds_count{job="dns"}[{{.window}}])) > 0)) or on () vector(1))',
    ],
    [
      "kubernetes/apiserver/latency",
      { bucket: "0.4" },
      '(sum(rate(apiserver_request_duration_seconds_count{verb!="WATCH"}[{{.window}}])) - sum(rate(apiserver_request_duration_seconds_bucket{le="0.4",verb!="WATCH"}[{{.window}}]))) / sum(rate(apiserver_request_duration_seconds_count{verb!="WATCH"}[{{.window}}]))',
    ],
    [
      "kubernetes/kooper/availability",
      { controller: "a" },
      'sum(rate(kooper_controller_processed_event_duration_seconds_count{controller="a",success="false"}[{{.window}}])) / (sum(rate(kooper_controller_processed_event_duration_seconds_count{controller="a"}[{{.window}}])) - sum(rate(kooper_controller_queued_events_total{controller="a",requeue="true"}[{{.window}}])))',
    ],
    [
      "prometheus/targets/availability",
      { filter: 'job="a"' },
      'sum(count_over_time((up{job="a"} == 0)[{{.window}}:])) / sum(count_over_time((up{job="a"})[{{.window}}:]))',
    ],
    [
      "traefik/v2/latency",
      { service_name_regex: "shop/?", bucket: "0.5", exclude_errors: "true", filter: 'k1="v1"' },
      '1 - ((sum(rate(traefik_service_request_duration_seconds_bucket{code!~"5..",k1="v1",le="0.5",service=~"shop/?"}[{{.window}}])) / (sum(rate(traefik_service_request_duration_seconds_count{code!~"5..",k1="v1",service=~"shop/?"}[{{.window}}])) > 0)) or on () vector(1))',
    ],
  ] as const)("means what the library says: %s", (id, options, expected) => {
    expect(sortedMatchers(queryOf(id, options) ?? "")).toBe(
      sortedMatchers(formatPromqlLine(expected, { variables: "sloth" })),
    );
  });

  it("wants what it cannot do without, and values that fit", () => {
    const { findings } = expandIndicatorPlugin({
      id: "sloth-common/traefik/v1/latency",
      options: { bucket: "fast", exclude_errors: "10", filter: "{job=}" },
    });
    expect(findings?.map(({ path, message, expected }) => `${path} ${message}; ${expected}`)).toEqual([
      'options.filter is "{job=}"; matchers of labels',
      "options.backend_regex is missing; a regular expression (RE2)",
      'options.bucket is "fast"; the upper bound of a bucket, as the label le has it',
      'options.exclude_errors is "10"; true or false',
    ]);
  });

  it("refuses a regular expression that does not compile", () => {
    expect(
      expandIndicatorPlugin({
        id: "sloth-common/traefik/v2/availability",
        options: { service_name_regex: "([xyz" },
      }).findings?.map(({ path }) => path),
    ).toEqual(["options.service_name_regex"]);
  });

  it("is one that is known", () => {
    expect(expandIndicatorPlugin({ id: "sloth-common/coredns/latencies" }).findings).toMatchObject([
      { code: "unknown-reference", hint: "Did you mean sloth-common/coredns/latency?" },
    ]);
  });
});

function sortedMatchers(query: string): string {
  return query.replace(/\{([^{}]*)\}(?!\})/g, (_, inner: string) => `{${inner.split(",").sort().join(",")}}`);
}
