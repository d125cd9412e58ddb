import { OpenTelemetryCollector } from "@kubernetes-models/opentelemetry-operator/opentelemetry.io/v1beta1/OpenTelemetryCollector";
import { attachFindings, buildResource, describeResource, type Resource } from "@plinth/core";
import type { CompiledCollector } from "../configuration/compile.ts";
import {
  type CollectorWorkload,
  podSecurityOf,
  scalingBehavior,
  spreadOf,
  variablesOf,
  volumeClaimsOf,
  volumesOf,
} from "./collector-workload.ts";
import { imageOf } from "./image.ts";

/**
 * The OpenTelemetryCollector resource of a workload, with its findings, and with those defaults written out that the CRD and the operator's webhook fill
 * in (opentelemetry-operator internal/webhook/collector_webhook.go and the `default:` values of its CRD).
 */
export function collectorResource(workload: CollectorWorkload): Resource {
  const { name, namespace, labels, collector, image, runs, resources } = workload;
  const { terminationGracePeriod, priorityClass } = workload;
  const security = podSecurityOf(workload);
  const built = buildResource(OpenTelemetryCollector, {
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      mode: runs.mode,
      ...scaleOf(runs),
      image: imageOf(image),
      serviceAccount: name,
      managementState: "managed",
      // The operator would rewrite the configuration for a newer collector, and Git would write it back.
      upgradeStrategy: "none",
      configVersions: 3,
      ipFamilyPolicy: "SingleStack",
      podManagementPolicy: "Parallel",
      // The operator's own policy lets anybody to every port, and policies add up: @plinth/policies renders exact ones.
      networkPolicy: { enabled: false },
      observability: { metrics: { enableMetrics: true } },
      resources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
      env: variablesOf(workload),
      podSecurityContext: { ...security.pod },
      securityContext: { ...security.container },
      ...volumesOf(workload),
      ...(volumeClaimsOf(workload).length === 0 ? {} : { volumeClaimTemplates: volumeClaimsOf(workload) }),
      ...(runs.mode === "daemonset"
        ? { tolerations: [{ operator: "Exists" }] }
        : { topologySpreadConstraints: spreadOf(workload), podDisruptionBudget: { maxUnavailable: 1 } }),
      ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
      ...(terminationGracePeriod === undefined ? {} : { terminationGracePeriodSeconds: terminationGracePeriod }),
      config: plainConfig(collector),
    },
  });
  return attachFindings(
    built,
    collector.findings.map((finding) => ({
      ...finding,
      resource: describeResource(built),
      path: `spec.config.${finding.path ?? ""}`,
    })),
  );
}

type CollectorSpec = NonNullable<ConstructorParameters<typeof OpenTelemetryCollector>[0]>["spec"];

/** How many pods. Where the load says it, `replicas` is the autoscaler's to write, and Git does not say it. */
function scaleOf(runs: CollectorWorkload["runs"]): Pick<NonNullable<CollectorSpec>, "replicas" | "autoscaler"> {
  if (runs.mode === "daemonset") return { replicas: 1 };
  if (typeof runs.replicas === "number") return { replicas: runs.replicas };
  const { from, to, cpuPercent } = runs.replicas;
  const { scaleUp, scaleDown } = scalingBehavior;
  return {
    autoscaler: {
      minReplicas: from,
      maxReplicas: to,
      targetCPUUtilization: cpuPercent,
      behavior: {
        scaleUp: { ...scaleUp, policies: [...scaleUp.policies] },
        scaleDown: { ...scaleDown, policies: [...scaleDown.policies] },
      },
    },
  };
}

/** The configuration as the model's types want it: lists that may be changed. */
function plainConfig({ config }: CompiledCollector): NonNullable<CollectorSpec>["config"] {
  const { service, ...sections } = config;
  return {
    ...sections,
    service: {
      ...(service.extensions === undefined ? {} : { extensions: [...service.extensions] }),
      ...(service.telemetry === undefined ? {} : { telemetry: service.telemetry }),
      pipelines: Object.fromEntries(
        Object.entries(service.pipelines).map(([id, { receivers, processors, exporters }]) => [
          id,
          {
            receivers: [...receivers],
            ...(processors === undefined ? {} : { processors: [...processors] }),
            exporters: [...exporters],
          },
        ]),
      ),
    },
  };
}
