import type { EnvironmentInput } from "@plinth/core";

/** Each cluster has its own Tempo, Prometheus and Loki, under the same names. */
export const backends: EnvironmentInput["telemetry"]["backends"] = {
  traces: "tempo-distributor.monitoring.svc:4317",
  metrics: "http://prometheus-operated.monitoring.svc:9090/api/v1/write",
  logs: "http://loki-gateway.monitoring.svc/otlp",
};

/** Spans come in at Tempo's distributor; its query frontend answers. */
export const dashboards: EnvironmentInput["dashboards"] = {
  dataSources: { traces: { url: "http://tempo-query-frontend.monitoring.svc:3200" } },
};
