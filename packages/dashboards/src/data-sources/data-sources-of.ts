import type { Environment, Platform } from "@plinth/core";
import { alertsAddress, logsAddress, metricsAddress, tracesAddress } from "./addresses.ts";
import { correlationsOfTraces } from "./correlations.ts";
import { type DataSource, dataSourceUids } from "./data-source.ts";
import { logsSettings, metricsSettings, type Others, tracesSettings } from "./settings.ts";

/**
 * What the Grafana of an environment asks: Prometheus, Loki, Tempo and Alertmanager, as far as it is known where they answer, each with links to the others.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * dataSourcesOf(platform, environmentNamed(platform, "production")).map(({ uid }) => uid);
 */
export function dataSourcesOf(platform: Platform, environment: Environment): readonly DataSource[] {
  const metrics = metricsAddress(platform, environment);
  const logs = logsAddress(platform, environment);
  const traces = tracesAddress(platform, environment);
  const alerts = alertsAddress(platform);
  const others: Others = {
    ...(metrics === undefined ? {} : { metrics: dataSourceUids.metrics }),
    ...(logs === undefined ? {} : { logs: dataSourceUids.logs }),
    ...(traces === undefined ? {} : { traces: dataSourceUids.traces }),
  };
  const sources: DataSource[] = [];
  const add = (source: Omit<DataSource, "isDefault" | "correlations"> & Partial<DataSource>): void => {
    sources.push({ isDefault: false, correlations: [], ...source });
  };
  if (metrics !== undefined)
    add({
      uid: dataSourceUids.metrics,
      name: "Prometheus",
      type: "prometheus",
      url: metrics.url,
      headers: metrics.headers,
      isDefault: true,
      settings: metricsSettings(metrics, others),
    });
  if (logs !== undefined)
    add({
      uid: dataSourceUids.logs,
      name: "Loki",
      type: "loki",
      url: logs.url,
      headers: logs.headers,
      settings: logsSettings(others),
    });
  if (traces !== undefined)
    add({
      uid: dataSourceUids.traces,
      name: "Tempo",
      type: "tempo",
      url: traces.url,
      headers: traces.headers,
      settings: tracesSettings(others),
      correlations: correlationsOfTraces(others),
    });
  if (alerts !== undefined)
    add({
      uid: dataSourceUids.alerts,
      name: "Alertmanager",
      type: "alertmanager",
      url: alerts.url,
      headers: alerts.headers,
      // Rules that Grafana evaluates fire into the same Alertmanager as those of Prometheus.
      settings: { implementation: "prometheus", handleGrafanaManagedAlerts: true },
    });
  return sources;
}
