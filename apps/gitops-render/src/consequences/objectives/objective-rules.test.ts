import { describe, expect, test } from "vitest";
import { toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

function objective(
  changes: {
    readonly page?: boolean;
    readonly ticket?: boolean;
    readonly bad?: string;
    readonly runbook?: string;
  } = {},
): string {
  const { page = true, ticket = true, bad = "failed_total", runbook = "a" } = changes;
  return `
apiVersion: sloth.slok.dev/v1
kind: PrometheusServiceLevel
metadata: { name: orders, namespace: shop }
spec:
  service: orders
  slos:
    - name: availability
      objective: 99.9
      sli: { events: { errorQuery: 'rate(${bad}[{{.window}}])', totalQuery: 'rate(all_total[{{.window}}])' } }
      alerting:
        name: Burn
        annotations: { runbook_url: ${runbook} }
        pageAlert: { disable: ${!page} }
        ticketAlert: { disable: ${!ticket} }`;
}

function rules(days: number, factor: number): string {
  return `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop }
spec:
  groups:
    - name: sloth-slo-meta-recordings-orders-availability
      rules: [{ record: 'slo:time_period:days', expr: vector(${days}) }]
    - name: sloth-slo-alerts-orders-availability
      rules:
        - alert: Burn
          expr: 'max(slo:sli_error:ratio_rate5m{sloth_id="orders-availability"} > (${factor} * 0.001)) without (sloth_window)'
          labels: { sloth_severity: page }`;
}

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  [
    "nobody is called",
    [objective()],
    [objective({ page: false })],
    ["objective-page-off: objective availability pages no more when its budget burns"],
  ],
  [
    "a ticket is opened",
    [objective({ ticket: false })],
    [objective()],
    ["objective-ticket-on: objective availability opens a ticket when its budget burns"],
  ],
  [
    "something else is bad",
    [objective()],
    [objective({ bad: "slow_total" })],
    ["objective-indicator-changed: objective availability counts something else as bad, or as all"],
  ],
  [
    "another runbook",
    [objective()],
    [objective({ runbook: "b" })],
    ["objective-alert-changed: objective availability has alerts with other labels or links"],
  ],
  [
    "another window",
    [rules(30, 14.4)],
    [rules(28, 13.44)],
    ["objective-window-changed: objective orders-availability is kept over 28 days, not over 30 days"],
  ],
  [
    "another pace",
    [rules(30, 14.4)],
    [rules(30, 10)],
    ["objective-burn-rate-changed: objective orders-availability has alerts that fire at another pace of burning"],
  ],
];

describe("Consequences for what watches an objective", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });
});
