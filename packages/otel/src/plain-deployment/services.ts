import { buildResource, type Resource } from "@plinth/core";
import { Service } from "kubernetes-models/v1/Service";
import { type CollectorWorkload, selectorLabels } from "../operator/collector-workload.ts";
import { listeningPorts, metricsPort } from "./ports.ts";

/**
 * The Services of a collector, as the operator calls them: one that balances (for a DaemonSet, to the pod of the caller's own node), one that has the address of
 * each pod, and one for its own metrics. A collector that listens to nobody has only the last.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/manifests/collector/service.go
 */
export function collectorServices(workload: CollectorWorkload): readonly Resource[] {
  const { name, namespace, runs, collector } = workload;
  const selector = { ...selectorLabels(workload) };
  const common = { selector, type: "ClusterIP", sessionAffinity: "None", ipFamilyPolicy: "SingleStack" } as const;
  const ports = listeningPorts(collector.config).map((port) => ({
    ...port,
    protocol: "TCP" as const,
    targetPort: port.port,
  }));
  const metrics = metricsPort(collector.config);
  const local = runs.mode === "daemonset" ? "Local" : "Cluster";
  return [
    // A StatefulSet's pods have their names in DNS by a headless Service, also when they listen to nobody.
    ...(ports.length === 0
      ? []
      : [
          buildResource(Service, {
            metadata: { name: `${name}-collector`, namespace },
            spec: { ...common, ports, internalTrafficPolicy: local },
          }),
        ]),
    ...(ports.length === 0 && runs.mode !== "statefulset"
      ? []
      : [
          buildResource(Service, {
            metadata: { name: `${name}-collector-headless`, namespace },
            spec: {
              ...common,
              clusterIP: "None",
              clusterIPs: ["None"],
              internalTrafficPolicy: local,
              ports:
                ports.length === 0
                  ? [{ name: "monitoring", port: metrics, targetPort: metrics, protocol: "TCP" }]
                  : ports,
            },
          }),
        ]),
    buildResource(Service, {
      metadata: {
        name: `${name}-collector-monitoring`,
        namespace,
        labels: { "operator.opentelemetry.io/collector-service-type": "monitoring" },
      },
      spec: {
        ...common,
        internalTrafficPolicy: "Cluster",
        ports: [{ name: "monitoring", port: metrics, targetPort: metrics, protocol: "TCP" }],
      },
    }),
  ];
}
