import { describe, expect, test } from "vitest";
import { readOfObjects, toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

function rules(...list: readonly string[]): string {
  return `
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: orders, namespace: shop }
spec:
  groups:
    - name: orders
      rules:${list.map((rule) => `\n        - ${rule}`).join("")}`;
}

function alert(expr: string, labels = "{ severity: warning }", annotations = "{ summary: Orders fail }"): string {
  return `{ alert: OrdersFail, expr: '${expr}', for: 5m, labels: ${labels}, annotations: ${annotations} }`;
}

function recording(expr: string): string {
  return `{ record: "orders:failed:rate5m", expr: '${expr}', labels: { service: orders } }`;
}

function routing(yaml: string): string {
  return `
apiVersion: v1
kind: Secret
metadata: { name: alertmanager, namespace: monitoring }
stringData:
  alertmanager.yaml: '${yaml}'`;
}

const everybody =
  '{ route: { receiver: all, repeat_interval: 4h }, receivers: [{ name: all, slack_configs: [{ channel: "#ops" }] }] }';

function teamRouting(receiver: string): string {
  return `
apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: { name: shop, namespace: monitoring }
spec: { route: { receiver: ${receiver} }, receivers: [{ name: ${receiver} }] }`;
}

const watchdog = "{ alert: Watchdog, expr: vector(1), labels: { severity: none } }";

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  [
    "the same expression in another form",
    [rules(alert("sum(rate(failed_total[5m])) > 3"))],
    [rules(alert("sum( rate(failed_total[5m]) )>3"))],
    [],
  ],
  [
    "rules in another object and order",
    [rules(alert("up == 0"), recording("up"))],
    [rules(recording("up"), alert("up == 0")).replace("name: orders, namespace", "name: others, namespace")],
    [],
  ],
  [
    "a limit in bytes",
    [rules(alert("node_memory_MemAvailable_bytes < 1073741824"))],
    [rules(alert("node_memory_MemAvailable_bytes < 536870912"))],
    ["alert-less-sensitive: OrdersFail fires below 512 MiB, not below 1 GiB: less sensitive"],
  ],
  [
    "another measure",
    [rules(alert("sum(failed_total) > 3"))],
    [rules(alert("max(failed_total) > 3"))],
    ["alert-expression-changed: OrdersFail measures something else, or under other conditions"],
  ],
  [
    "fewer namespaces",
    [rules(alert('up{namespace=~"shop|ml"} == 0'))],
    [rules(alert('up{namespace="shop"} == 0'))],
    ["alert-narrowed: OrdersFail looks at shop, not at ml and shop"],
  ],
  [
    "other labels and links",
    [rules(alert("up == 0", "{ severity: warning, team: shop }", "{ runbook_url: a }"))],
    [rules(alert("up == 0", "{ severity: warning, team: ml }", "{ runbook_url: b }"))],
    [
      "alert-labels-changed: OrdersFail has the label team ml, not shop",
      "alert-links-changed: OrdersFail leads to another runbook",
    ],
  ],
  [
    "other words",
    [rules(alert("up == 0"))],
    [rules(alert("up == 0", "{ severity: warning }", "{ summary: Orders do not work }"))],
    ["alert-text-changed: OrdersFail says the same in other words"],
  ],
  [
    "a series that nobody uses is recorded no more",
    [rules(recording("rate(failed_total[5m])"), alert("up == 0"))],
    [rules(alert("up == 0"))],
    ["recording-rule-removed: orders:failed:rate5m is recorded no more"],
  ],
  [
    "a series that an alert uses is recorded no more",
    [rules(recording("rate(failed_total[5m])"), alert('orders:failed:rate5m{service="orders"} > 1'))],
    [rules(alert('orders:failed:rate5m{service="orders"} > 1'))],
    ["used-recording-rule-removed: orders:failed:rate5m is recorded no more; a rule asks for it"],
  ],
  [
    "a series means something else",
    [rules(recording("rate(failed_total[5m])"))],
    [rules(recording("rate(failed_total[10m])"))],
    ["recording-rule-changed: orders:failed:rate5m records something else"],
  ],
  [
    "there is no routing any more",
    [routing(everybody)],
    [],
    [
      "alert-routing-removed: alerts reach nobody: there is no routing",
      "secret-lost: Secret alertmanager in monitoring is gone, and what reads it fails",
    ],
  ],
  [
    "routing that nobody can read",
    [rules(alert("up == 0")), routing(everybody)],
    [rules(alert("up == 0")), routing("{ route: { receiver: all, matchers: [no matcher] } }")],
    ["alert-routing-unread: alerts go to people that cannot be told: the routing cannot be read"],
  ],
  [
    "nobody hears when alerting is dead",
    [rules(watchdog), routing(everybody)],
    [rules(watchdog), routing(everybody.replace('slack_configs: [{ channel: "#ops" }]', "slack_configs: []"))],
    ["dead-mans-switch-removed: alerts Watchdog tell nobody any more; #ops was told"],
  ],
  [
    "many alerts are less urgent",
    [rules(alert("up == 0"), alert("up == 0").replace("OrdersFail", "OrdersWait"))],
    [
      rules(
        alert("up == 0", "{ severity: info }"),
        alert("up == 0", "{ severity: info }").replace("OrdersFail", "OrdersWait"),
      ),
    ],
    ["alert-severity-lowered: 2 alerts are info, not warning"],
  ],
  [
    "a severity of another kind",
    [rules(alert("up == 0"))],
    [rules(alert("up == 0", "{ severity: page }"))],
    ["alert-severity-changed: OrdersFail is page, not warning"],
  ],
  [
    "another value that is neither more nor less",
    [rules(alert("up == 0"))],
    [rules(alert("up == 1"))],
    ["alert-limit-changed: OrdersFail fires equal to 1, not equal to 0: another value"],
  ],
  [
    "other namespaces",
    [rules(alert('up{namespace="shop"} == 0'))],
    [rules(alert('up{namespace="ml"} == 0'))],
    ["alert-namespaces-changed: OrdersFail looks at ml, not at shop"],
  ],
  [
    "the routing of a team",
    [teamRouting("shop")],
    [teamRouting("other")],
    ["team-routing-changed: routing shop in monitoring tells somebody else, or at other times"],
  ],
  [
    "alerts are repeated less often",
    [rules(alert("up == 0")), routing(everybody)],
    [rules(alert("up == 0")), routing(everybody.replace("4h", "12h"))],
    ["notification-rhythm-changed: alerts OrdersFail are repeated after 12 h, not 4 h"],
  ],
];

describe("Consequences for single alerts", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });

  test("another expression is shown line by line", () => {
    const [told] = readOfObjects([rules(alert("sum(failed_total) > 3"))], [rules(alert("max(failed_total) > 3"))]);
    expect(told?.details).toEqual(["- sum(failed_total) > 3", "+ max(failed_total) > 3"]);
  });
});
