import type { Platform } from "@plinth/core";
import { alertPanel, type PlatformDashboardTopic, runbookUrl } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { TimeseriesPanel } from "../model/dashboard.ts";
import { link } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { logQuery, traceQuery } from "../model/query.ts";
import { badAbove } from "../model/thresholds.ts";

/** What a dashboard needs to know of an alert that Grafana evaluates on logs or traces. */
export interface QueryAlertPanel {
  readonly alert: string;
  readonly topic: PlatformDashboardTopic;
  /** Who answers. */
  readonly asks: "loki" | "tempo";
  /** LogQL or TraceQL that gives numbers. */
  readonly query: string;
  /** It fires above this. */
  readonly above: number;
  /** How long it must hold: a Prometheus duration. */
  readonly for: string;
  /** Labels of the numbers. */
  readonly labels: readonly string[];
  /** What it does to users or teams, in one sentence. */
  readonly impact: string;
}

/** The panel of an alert on logs or traces: what it asks, its limit as a line, and the way to the runbook. */
export function drawnQueryAlert(
  platform: Platform,
  { alert, asks, query, above, for: duration, labels, impact }: QueryAlertPanel,
): { readonly panel: TimeseriesPanel; readonly exclusions: readonly LintExclusion[] } {
  const legend = labels.map((label) => `{{${label}}}`).join(" ");
  const holds = duration === "0s" ? "" : ` for ${duration}`;
  const what = asks === "loki" ? "lines that the alert counts" : "spans that the alert counts";
  return {
    panel: timeseries(alert, [asks === "loki" ? logQuery("A", query, { legend }) : traceQuery("A", query)], {
      id: alertPanel(alert).panel,
      unit: "short",
      thresholds: badAbove({ bad: above }),
      description: `The ${what}. ${impact} Fires when it is above ${above}${holds}.`,
      links: [link("Runbook", runbookUrl(platform, alert), { description: `What to do when ${alert} fires.` })],
    }),
    exclusions:
      asks === "loki"
        ? [
            {
              rule: "target-logql-auto",
              panel: alert,
              because: "the panel looks back as far as the alert that it draws",
            },
          ]
        : [],
  };
}
