import { promql, promqlSelectors } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { lookBacksOf } from "./look-backs.ts";

describe("how an expression reads its series", () => {
  it.each([
    "sum by (job) (rate(coredns_dns_responses_total[5m])) / count(up)",
    "histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket[5m])))",
    "count(count_over_time(argocd_git_request_total[10m]))",
    "max_over_time(up[1h:1m])",
    "sum(argocd_app_sync_total unless argocd_app_sync_total offset 1h)",
    'label_replace(increase(kyverno_admission_requests_total[15m]), "namespace", "$1", "resource_namespace", "(.*)")',
  ])("is read from the value as from its text: %s", (text) => {
    const read = lookBacksOf(promql(text)).map(({ series, range }) => ({ series, range }));
    expect(read).toEqual(promqlSelectors(text).map(({ series, range }) => ({ series, range })));
  });

  it("knows the functions around a series, the innermost first", () => {
    const [read] = lookBacksOf(promql("histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))"));
    expect(read).toMatchObject({ call: "rate", calls: ["rate", "histogram_quantile"], range: "5m" });
  });
});
