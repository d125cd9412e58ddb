import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { alertFindings } from "../alert/alert-findings.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { alertmanagerConfigReloadFailed } from "./alertmanager.ts";
import { collectorMemoryLimiterRefuses, collectorQueueAlmostFull } from "./collector-load.ts";
import { spanMetricsStalled } from "./collectors.ts";
import { targetDown } from "./prometheus-ingestion.ts";
import { prometheusRuleFailures } from "./prometheus-rules.ts";
import { telemetryAlerts } from "./telemetry-alerts.ts";
import { watchdog } from "./watchdog.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");

describe("the alerts about telemetry", () => {
  it.each(telemetryAlerts.filter((alert) => alert !== watchdog).map((alert) => [alert.name, alert] as const))(
    "%s has steps for whoever is woken",
    (_, alert) => {
      expect(alert.category).toBe("telemetry");
      expect(alert.runbook.diagnosis.length).toBeGreaterThan(1);
      expect(alert.runbook.mitigation.length).toBeGreaterThan(0);
    },
  );

  it("ask the collector for the names that it exposes when it is scraped", () => {
    for (const { expr } of telemetryAlerts) expect(printPromqlLine(expr)).not.toMatch(/otelcol_\w+_total/);
    expect(printPromqlLine(collectorMemoryLimiterRefuses.expr)).toContain(
      "otelcol_processor_memory_limiter_refused_spans[",
    );
  });

  it.each([
    [prometheusRuleFailures, { namespace: "monitoring", pod: "prometheus-0", rule_group: "a" }, ["platform-pagerduty"]],
    [alertmanagerConfigReloadFailed, { namespace: "monitoring", pod: "alertmanager-0" }, ["platform-pagerduty"]],
    [spanMetricsStalled, {}, ["platform-pagerduty"]],
    [targetDown, { namespace: "team-backend", job: "checkout" }, ["backend-chat"]],
  ] as const)("$name reaches whom it concerns", (alert, labels, receivers) => {
    expect(receiversOfAlert(platform, production, alert, labels)).toEqual(receivers);
  });

  it.each(
    telemetryAlerts.flatMap((alert) => (alert.withThreshold === undefined ? [] : [[alert.name, alert] as const])),
  )("%s takes another threshold", (_, alert) => {
    const value = (alert.threshold?.value ?? 0) * 1.1;
    const other = alert.withThreshold?.(value);
    expect(other?.threshold?.value).toBe(value);
    expect(other && alertFindings(other)).toEqual([]);
    expect(other && printPromqlLine(other.expr)).not.toBe(printPromqlLine(alert.expr));
  });

  it("name the queue that fills, before anything is lost", () => {
    expect(collectorQueueAlmostFull.labels).toEqual(["namespace", "pod", "exporter"]);
    expect(collectorQueueAlmostFull.threshold).toEqual({ value: 0.8, unit: "ratio" });
  });
});
