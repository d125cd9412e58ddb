import { and, divide, greaterThan, matching, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const requests = metric("apiserver_request_total");
// Aggregated servers expose the same metric.
const server = { job: "apiserver" } as const;
const failed = { ...server, code: matching("5..") } as const;

// Of 99.9 % that shall succeed: how much faster than allowed the budget of 30 days is spent.
// https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
const budget = 0.001;
const fast = { long: "1h", short: "5m", limit: 14.4 * budget } as const;
const slow = { long: "6h", short: "30m", limit: 6 * budget } as const;

const runbook: Runbook = {
  meaning:
    "The API server answers with 5xx. Its own errors are 500 and 503; 504 is a request that took longer than a minute; a webhook that cannot be called turns into 500, an aggregated API that is down into 503.",
  impact:
    "Controllers try again and are late; people see errors in kubectl; deployments fail half-way. What runs goes on.",
  diagnosis: [
    {
      text: "Which requests, and which codes?",
      promql: sum(rate(select(requests, failed), "5m"), { by: ["verb", "group", "resource", "code"] }),
    },
    {
      text: "Is it one group, such as metrics.k8s.io? Then its own server is down: AggregatedApiDown.",
      promql: sum(rate(select(requests, failed), "5m"), { by: ["group"] }),
    },
    {
      text: "Is it a webhook (AdmissionWebhookUnreachable)? Look for `failed calling webhook`.",
      command: "kubectl get events --all-namespaces --field-selector type=Warning --sort-by .lastTimestamp",
    },
    {
      text: "Is the server overloaded (ApiServerRejectsRequests), or its database slow? Both are in its own health.",
      command: "kubectl get --raw '/readyz?verbose'",
    },
    { text: "Who asks so much? The audit log by user agent and verb answers it." },
  ],
  mitigation: [
    { text: "If a webhook is at fault, repair its pods first; they may be blocked by their own webhook." },
    {
      text: "If one client floods it, scale that client to zero and tell its team.",
      command: "kubectl scale --namespace <namespace> deployment/<name> --replicas 0",
    },
    {
      text: "If the errors are the server's own and nothing was changed, open a case with the cloud's support: the control plane is theirs.",
    },
  ],
};

/** So many requests to the API server fail that the error budget of a month is spent in two days. */
export const apiServerErrorBudgetBurnsFast: Alert = defineAlert({
  name: "ApiServerErrorBudgetBurnsFast",
  category: "cluster",
  severity: "critical",
  expr: burning(fast),
  for: "2m",
  summary: "Many requests to the Kubernetes API fail",
  description:
    "More than 1.4 % of the requests have failed, in the last 5 minutes and over the last hour: at that pace the error budget of a month is gone in two days.",
  impact: "Deployments, autoscaling and operators fail or are late.",
  runbook,
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "errors begin after a good hour, and end",
      after: "77m",
      until: "182m",
      labels: {},
      series: traffic("60m", 0.05, "120m"),
    },
  ],
  quiet: [{ name: "a few fail", series: traffic("0m", 0.01) }],
});

/** Requests to the API server have failed for hours: the error budget of a month is spent in five days. */
export const apiServerErrorBudgetBurnsSlowly: Alert = defineAlert({
  name: "ApiServerErrorBudgetBurnsSlowly",
  category: "cluster",
  severity: "warning",
  expr: burning(slow),
  for: "15m",
  summary: "Requests to the Kubernetes API have failed for hours",
  description:
    "More than 0.6 % of the requests have failed, in the last half hour and over the last 6 hours: at that pace the error budget of a month is gone in five days.",
  impact: "Controllers try again and are late; some deployments fail.",
  runbook,
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "errors begin after a good hour, and end",
      after: "86m",
      until: "200m",
      labels: {},
      series: traffic("60m", 0.02, "120m"),
    },
  ],
  quiet: [{ name: "very few fail", series: traffic("0m", 0.005) }],
});

function burning({
  long,
  short,
  limit,
}: {
  readonly long: string;
  readonly short: string;
  readonly limit: number;
}): ReturnType<typeof and> {
  const share = (range: string): ReturnType<typeof divide> =>
    divide(sum(rate(select(requests, failed), range)), sum(rate(select(requests, server), range)));
  return and(greaterThan(share(short), limit), greaterThan(share(long), limit));
}

/** Six hundred requests a minute, of which a share fails for some time; and an aggregated server where half of them fail. */
function traffic(good: string, share: number, bad?: string): readonly InputSeries[] {
  const errors = 600 * share;
  const rising = growing({ from: 0, perMinute: errors, ...(bad === undefined ? {} : { lasts: bad }) });
  const failing: Samples = [
    ...(good === "0m" ? [] : [steady(0, good)]),
    rising,
    ...(bad === undefined ? [] : [steady(errors * (Number.parseInt(bad, 10) - 1))]),
  ];
  return [
    series(requests, { ...server, code: "200" }, growing({ from: 0, perMinute: 600 - errors })),
    series(requests, { ...server, code: "503" }, ...failing),
    series(requests, { job: "metrics-server", code: "200" }, growing({ from: 0, perMinute: 300 })),
    series(requests, { job: "metrics-server", code: "500" }, growing({ from: 0, perMinute: 300 })),
  ];
}
