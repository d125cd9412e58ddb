import { metric, printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { furtherBackThan } from "./age.ts";
import { disappears } from "./disappearance.ts";
import { hasHappened } from "./event.ts";
import { increaseAbove, keepsRising } from "./increase.ts";
import { levelAbove, levelBelow } from "./level.ts";
import { quantileAbove } from "./quantile.ts";
import { shareAbove } from "./share.ts";
import { stateHolds } from "./state.ts";

const syncs = metric("argocd_app_sync_total");
const failed = { metric: syncs, where: { phase: "Failed" }, object: { name: "shop" } } as const;

describe("a condition", () => {
  it("asks for the labels of the object, and gives them", () => {
    const { labels, expr, fires } = keepsRising(failed);
    expect(labels).toEqual(["name"]);
    expect(printPromqlLine(expr)).toBe('sum by (name) (increase(argocd_app_sync_total{phase="Failed"}[5m])) > 0');
    expect(fires.map((scenario) => scenario.labels)).toEqual([{ name: "shop" }]);
  });

  it("takes the namespace of the object from another label than the scrape's", () => {
    const { expr, fires } = stateHolds({
      metric: metric("argocd_app_info"),
      where: { sync_status: "Unknown" },
      object: { namespace: "team-data" },
      namespaceFrom: "dest_namespace",
    });
    expect(printPromqlLine(expr)).toContain('"namespace", "$1", "dest_namespace", "(.*)"');
    expect(fires[0]?.series[0]?.labels).toEqual({ sync_status: "Unknown", dest_namespace: "team-data" });
  });

  it("has a series for each way of being unlike, which alone must not fire it", () => {
    const { quiet } = stateHolds({
      metric: metric("certmanager_certificate_ready_status"),
      where: { condition: "False" },
      object: { name: "shop-tls" },
      unlike: [{ condition: "True" }],
    });
    expect(
      quiet.flatMap(({ series }) => series.map(({ labels, samples }) => [labels["condition"], samples[0]?.value])),
    ).toEqual([
      ["False", 0],
      ["True", 1],
    ]);
  });
});

describe("the conditions, as PromQL", () => {
  it.each([
    [
      "a state that does not hold",
      stateHolds({ metric: metric("argocd_cluster_connection_status"), object: { server: "a" }, is: 0 }).expr,
      "max by (server) (argocd_cluster_connection_status) == 0",
    ],
    [
      "a level",
      levelAbove({ metric: metric("workqueue_depth"), object: { name: "a" }, limit: 9 }).expr,
      "max by (name) (workqueue_depth) > 9",
    ],
    [
      "a level from below",
      levelBelow({ metric: metric("alertmanager_cluster_members"), object: {}, limit: 2 }).expr,
      "min(alertmanager_cluster_members) < 2",
    ],
    [
      "an increase",
      increaseAbove({ ...failed, within: "1h", limit: 3 }).expr,
      'sum by (name) (increase(argocd_app_sync_total{phase="Failed"}[1h])) > 3',
    ],
    ["software that is gone", disappears(metric("loki_build_info")).expr, "absent_over_time(loki_build_info[10m])"],
    [
      "a moment that is long ago",
      furtherBackThan({ metric: metric("velero_backup_last_successful_timestamp"), object: {}, seconds: 60 }).expr,
      "(max(velero_backup_last_successful_timestamp) > 0) - time() < -60",
    ],
  ] as const)("%s", (_, expr, text) => {
    expect(printPromqlLine(expr)).toBe(text);
  });

  it("an event: also the first, with which its counter begins", () => {
    expect(printPromqlLine(hasHappened({ ...failed, within: "15m" }).expr)).toBe(
      'sum by (name) (increase(argocd_app_sync_total{phase="Failed"}[15m])) > 0 or sum by (name) (argocd_app_sync_total{phase="Failed"} unless argocd_app_sync_total offset 15m) > 0',
    );
  });

  it("a share, and a quantile: both only where there is enough to tell", () => {
    const share = shareAbove({
      part: { metric: metric("certmanager_controller_sync_error_count") },
      whole: { metric: metric("certmanager_controller_sync_call_count") },
      object: { controller: "orders" },
      limit: 0.2,
      least: 0.1,
    });
    expect(printPromqlLine(share.expr)).toMatch(/> 0\.2 and sum by \(controller\) \(rate\(\w+\[5m\]\)\) > 0\.1$/);
    const slow = quantileAbove({
      metric: metric("pilot_proxy_convergence_time"),
      object: {},
      quantile: 0.99,
      limit: 10,
      least: 0.02,
    });
    expect(printPromqlLine(slow.expr)).toMatch(
      /> 10 and sum\(rate\(pilot_proxy_convergence_time_count\[5m\]\)\) > 0\.02$/,
    );
  });
});
