import { componentsWithRole, type FoundationComponent } from "@plinth/core";
import { dataSourcesOf } from "./data-sources-of.ts";
import { grafanaDatasource } from "./grafana-datasource.ts";
import { dataSourceConfigMap } from "./provisioning-config-map.ts";

/** What Grafana asks, beside Grafana: for its sidecar in one ConfigMap, for its operator one object each. None where Grafana is elsewhere. */
export const grafanaDataSources: FoundationComponent = {
  name: "grafana-data-sources",
  layer: "foundation",
  perEnvironment: (platform, environment) => {
    const namespace = componentsWithRole(platform, "dashboard-server")[0]?.namespace;
    const sources = dataSourcesOf(platform, environment);
    if (namespace === undefined || sources.length === 0) return [];
    return platform.dashboards.delivery === "config-map"
      ? [dataSourceConfigMap(namespace, sources)]
      : sources.map((source) => grafanaDatasource(namespace, source));
  },
};
