import { hash } from "node:crypto";
import { attachFindings, buildResource, describeResource, emitYaml, type Resource } from "@plinth/core";
import { DaemonSet } from "kubernetes-models/apps/v1/DaemonSet";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import {
  type CollectorWorkload,
  scalingBehavior,
  selectorLabels,
  volumeClaimsOf,
} from "../operator/collector-workload.ts";
import { configFile, podTemplate } from "./pod-template.ts";
import { collectorServices } from "./services.ts";

/**
 * A collector as Kubernetes runs it without the operator: the objects that the operator would make of its resource, under the same names, so that whoever sends
 * to it need not know who runs it. Findings of its configuration are at their place in the ConfigMap.
 *
 * @example
 * const collector = compileCollector({ pipelines: [pipeline("traces", from(otlp()), [memoryLimiter()], to(debug()))] });
 * const resources = { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } };
 * collectorObjects({ name: "edge", namespace: "opentelemetry", labels: {}, collector, image: "contrib", runs: { mode: "deployment", replicas: 2 }, resources });
 */
export function collectorObjects(workload: CollectorWorkload): readonly Resource[] {
  const metadata = { name: `${workload.name}-collector`, namespace: workload.namespace };
  const text = emitYaml(workload.collector.config);
  return [
    configMap(workload, metadata, text),
    podsOf(workload, metadata, text),
    ...collectorServices(workload),
    ...autoscaler(workload, metadata),
    ...disruptionBudget(workload, metadata),
  ];
}

interface ObjectName {
  readonly name: string;
  readonly namespace: string;
}

function configMap({ collector }: CollectorWorkload, metadata: ObjectName, text: string): Resource {
  const built = buildResource(ConfigMap, { metadata, data: { [configFile]: text } });
  return attachFindings(
    built,
    collector.findings.map((finding) => ({
      ...finding,
      resource: describeResource(built),
      path: `data.${configFile}: ${finding.path ?? ""}`,
    })),
  );
}

/** The DaemonSet, Deployment or StatefulSet. A changed configuration is another template: its pods are replaced. */
function podsOf(workload: CollectorWorkload, metadata: ObjectName, text: string): Resource {
  const { runs } = workload;
  const selector = { matchLabels: { ...selectorLabels(workload) } };
  const template = podTemplate(workload, metadata.name, hash("sha256", text, "hex"));
  const common = { selector, template, revisionHistoryLimit: 10 };
  if (runs.mode === "daemonset")
    return buildResource(DaemonSet, {
      metadata,
      // A tenth of the nodes at a time is without its agent.
      spec: {
        ...common,
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: "10%" } },
      },
    });
  if (runs.mode === "deployment")
    return buildResource(Deployment, {
      metadata,
      spec: {
        ...common,
        // Where the load says how many, `replicas` is the autoscaler's to write.
        ...(typeof runs.replicas === "number" ? { replicas: runs.replicas } : {}),
        progressDeadlineSeconds: 600,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      },
    });
  return buildResource(StatefulSet, {
    metadata,
    spec: {
      ...common,
      serviceName: `${metadata.name}-headless`,
      replicas: runs.replicas,
      podManagementPolicy: "Parallel",
      updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      ...(runs.volume === undefined ? {} : { volumeClaimTemplates: volumeClaimsOf(workload) }),
    },
  });
}

function autoscaler({ runs }: CollectorWorkload, metadata: ObjectName): readonly Resource[] {
  if (runs.mode !== "deployment" || typeof runs.replicas === "number") return [];
  const { from, to, cpuPercent } = runs.replicas;
  const { scaleUp, scaleDown } = scalingBehavior;
  return [
    buildResource(HorizontalPodAutoscaler, {
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
        minReplicas: from,
        maxReplicas: to,
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } },
          },
        ],
        behavior: {
          scaleUp: { ...scaleUp, policies: [...scaleUp.policies] },
          scaleDown: { ...scaleDown, policies: [...scaleDown.policies] },
        },
      },
    }),
  ];
}

function disruptionBudget(workload: CollectorWorkload, metadata: ObjectName): readonly Resource[] {
  if (workload.runs.mode === "daemonset") return [];
  return [
    buildResource(PodDisruptionBudget, {
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: { ...selectorLabels(workload) } } },
    }),
  ];
}
