import { describe, expect, test } from "vitest";
import { toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

interface PanelText {
  readonly title: string;
  readonly expr: string;
  readonly red?: number;
}

function dashboard(
  panels: readonly PanelText[],
  changes: { uid?: string; folder?: string; json?: object } = {},
): string {
  const json = {
    title: "Orders",
    panels: panels.map(({ title, expr, red = 0.05 }, id) => ({
      id,
      title,
      type: "timeseries",
      targets: [{ refId: "A", expr }],
      fieldConfig: { defaults: { unit: "percentunit", thresholds: { steps: [{ value: red, color: "red" }] } } },
    })),
    templating: { list: [] },
    ...changes.json,
  };
  return JSON.stringify({
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: { name: "orders", namespace: "shop" },
    spec: { uid: changes.uid ?? "orders", folderRef: changes.folder ?? "shop", json: JSON.stringify(json) },
  }).replaceAll('"kind":"', '"kind": "');
}

const errors: PanelText = { title: "Errors", expr: "sum(rate(errors_total[5m]))" };
const traffic: PanelText = { title: "Traffic", expr: "sum(rate(requests_total[5m]))" };

function folder(permissions: string): string {
  return `
apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaFolder
metadata: { name: shop, namespace: shop }
spec: { title: Shop, uid: shop, permissions: '${permissions}' }`;
}

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  ["a dashboard comes", [], [dashboard([errors])], ["dashboard-added: dashboard Orders comes, with 1 panel"]],
  [
    "a dashboard goes",
    [dashboard([errors, traffic])],
    [],
    ["dashboard-removed: dashboard Orders is gone, with 2 panels; links to /d/orders lead nowhere"],
  ],
  [
    "a dashboard has another address",
    [dashboard([errors])],
    [dashboard([errors], { uid: "shop-orders" })],
    [
      "dashboard-address-changed: dashboard Orders lies at /d/shop-orders, not at /d/orders: links to the old address lead nowhere",
      "immutable-field-changed: GrafanaDashboard orders in shop must be deleted and made again: spec.uid cannot change",
    ],
  ],
  [
    "a dashboard lies in another folder",
    [dashboard([errors])],
    [dashboard([errors], { folder: "archive" })],
    ["dashboard-moved: dashboard Orders lies in the folder archive, not in shop"],
  ],
  [
    "a panel comes and another goes",
    [dashboard([errors])],
    [dashboard([traffic])],
    ['panels-added: dashboard Orders shows "Traffic"', 'panels-removed: dashboard Orders shows no more "Errors"'],
  ],
  [
    "a panel asks something else",
    [dashboard([errors])],
    [dashboard([{ ...errors, expr: "sum(rate(failures_total[5m]))" }])],
    ['panels-changed: dashboard Orders shows something else in "Errors"'],
  ],
  [
    "a panel turns red later",
    [dashboard([errors])],
    [dashboard([{ ...errors, red: 0.1 }])],
    ['panels-changed: dashboard Orders shows something else in "Errors"'],
  ],
  [
    "a query in another form",
    [dashboard([errors])],
    [dashboard([{ ...errors, expr: "sum( rate( errors_total[5m] ) )" }])],
    ["dashboard-look-changed: dashboard Orders looks different, with the same content"],
  ],
  [
    "a variable comes",
    [dashboard([errors])],
    [
      dashboard([errors], {
        json: { templating: { list: [{ name: "namespace", query: "label_values(namespace)" }] } },
      }),
    ],
    ["dashboard-variables-changed: dashboard Orders is narrowed in another way by namespace"],
  ],
  [
    "panels in another order",
    [dashboard([errors, traffic])],
    [dashboard([traffic, errors])],
    ["dashboard-look-changed: dashboard Orders looks different, with the same content"],
  ],
  [
    "other links",
    [dashboard([errors])],
    [dashboard([errors], { json: { links: [{ title: "Logs", url: "/logs" }] } })],
    ["dashboard-links-changed: dashboard Orders leads to other places"],
  ],
  [
    "no JSON",
    [dashboard([errors])],
    [
      "{ apiVersion: grafana.integreatly.org/v1beta1, kind: GrafanaDashboard, metadata: { name: orders, namespace: shop }, spec: { uid: orders, json: '{' } }",
    ],
    ["dashboard-unread: dashboard orders cannot be read"],
  ],
  [
    "other people see a folder",
    [folder("{}")],
    [folder("[]")],
    ["folder-access-changed: folder Shop may be seen or edited by other people"],
  ],
];

describe("Consequences for dashboards", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });
});
