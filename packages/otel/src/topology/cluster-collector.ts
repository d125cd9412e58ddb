import type { Environment, Platform } from "@plinth/core";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { collectorDuration } from "../configuration/duration.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { fileStorage } from "../extensions/file-storage.ts";
import { healthCheck } from "../extensions/health-check.ts";
import type { PolicyRule } from "../operator/access.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resource } from "../processors/resource.ts";
import { transform } from "../processors/transform.ts";
import { k8sCluster } from "../receivers/k8s-cluster.ts";
import { k8sObjects } from "../receivers/k8s-objects.ts";
import { prometheus } from "../receivers/prometheus.ts";
import { collectorPlaces, serviceHost } from "./places.ts";
import { answerWithin, queueFolder, requests } from "./sizes.ts";

/**
 * What the cluster collector may do: `list` and `watch` what its receivers watch, and nothing by name. It reads no Secret and no ConfigMap.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/main/receiver/k8sclusterreceiver/watcher.go
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sobjectsreceiver
 */
export const clusterCollectorRules: readonly PolicyRule[] = [
  {
    group: "",
    resources: ["namespaces", "nodes", "pods", "replicationcontrollers", "resourcequotas", "services"],
    verbs: ["list", "watch"],
  },
  { group: "apps", resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: ["list", "watch"] },
  { group: "autoscaling", resources: ["horizontalpodautoscalers"], verbs: ["list", "watch"] },
  { group: "batch", resources: ["cronjobs", "jobs"], verbs: ["list", "watch"] },
  { group: "events.k8s.io", resources: ["events"], verbs: ["list", "watch"] },
];

/**
 * The collector of what there is once in a cluster: events as log records, the objects of the API server as metrics, and addresses that nothing else scrapes. One
 * pod, never two at a time: a second would say everything twice.
 *
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const { config } = clusterCollector(platform, environmentNamed(platform, "production"));
 */
export function clusterCollector(platform: Platform, { telemetry }: Environment): CompiledCollector {
  const { cluster, gateway } = collectorPlaces(platform);
  const events = k8sObjects({
    // What happened stays a fact when the API server forgets it.
    objects: [{ resource: "events", group: "events.k8s.io", mode: "watch", excludeChanges: ["DELETED"] }],
    // Where the watch stood: events of the time in which the pod was away are read after it.
    storage: fileStorage({ name: "events", directory: "/var/lib/otelcol/events", createDirectory: true }),
  });
  const objects = k8sCluster({
    collectionInterval: "30s",
    nodeConditions: ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"],
    allocatableTypes: ["cpu", "memory", "pods", "ephemeral-storage"],
  });
  const scraped = telemetry.scrapes.map(({ job, targets, path, interval }) => ({
    jobName: job,
    metricsPath: path,
    scrapeInterval: collectorDuration(interval),
    staticConfigs: [{ targets }],
  }));
  const toGateway = otlpGrpc({
    name: "gateway",
    endpoint: `${serviceHost(gateway)}:${gateway.ports.otlpGrpc}`,
    tls: "plaintext",
    timeout: answerWithin,
    queue: {
      size: queuedBytes,
      sizer: "bytes",
      batch: { ...requests, flushTimeout: "1s" },
      storage: fileStorage({ name: "queue", directory: queueFolder, createDirectory: true }),
    },
    retry: { maxElapsedTime: "0s" },
  });
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: cluster.ports.metrics, logs: "json" },
    pipelines: [
      pipeline(
        "metrics",
        scraped.length === 0 ? from(objects) : from(objects, prometheus({ scrapeConfigs: scraped })),
        [memoryLimiter()],
        to(toGateway),
      ),
      pipeline(
        "logs",
        from(events),
        [memoryLimiter(), resource({ insert: { "service.name": "kubernetes-events" } }), eventAttributes()],
        to(toGateway),
      ),
    ],
  });
}

/** What one searches events by stands in the record's attributes, under the names of other data of the cluster; `Warning` is a severity. */
function eventAttributes(): ReturnType<typeof transform> {
  const event = 'log.body["object"]';
  const copied: readonly (readonly [attribute: string, from: string])[] = [
    ["k8s.event.reason", `${event}["reason"]`],
    ["k8s.event.type", `${event}["type"]`],
    ["k8s.object.kind", `${event}["regarding"]["kind"]`],
    ["k8s.object.name", `${event}["regarding"]["name"]`],
  ];
  return transform({
    name: "events",
    logs: [
      ...copied.map(([attribute, from]) => `set(log.attributes["${attribute}"], ${from}) where ${from} != nil`),
      `set(log.severity_number, SEVERITY_NUMBER_WARN) where ${event}["type"] == "Warning"`,
      `set(log.severity_number, SEVERITY_NUMBER_INFO) where ${event}["type"] == "Normal"`,
      // Managed fields are the larger part of an event, and say nothing of it.
      `delete_key(${event}["metadata"], "managedFields") where IsMap(${event}["metadata"])`,
    ],
  });
}

const queuedBytes = 256 * 1024 ** 2;
