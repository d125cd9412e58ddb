import { resourceFindings } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { debug } from "../exporters/debug.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resource } from "../processors/resource.ts";
import { otlp } from "../receivers/otlp.ts";
import { collectorResource } from "./collector-resource.ts";
import type { CollectorWorkload } from "./collector-workload.ts";

const workload: CollectorWorkload = {
  name: "edge",
  namespace: "opentelemetry",
  labels: { "app.kubernetes.io/name": "edge" },
  collector: compileCollector({ pipelines: [pipeline("traces", from(otlp()), [memoryLimiter()], to(debug()))] }),
  image: "contrib",
  runs: { mode: "deployment", replicas: 2 },
  resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
};

const specOf = (changes: Partial<CollectorWorkload> = {}): unknown =>
  collectorResource({ ...workload, ...changes })["spec"];

describe("an OpenTelemetryCollector", () => {
  it("says what the operator would fill in", () => {
    expect(specOf()).toMatchObject({
      mode: "deployment",
      replicas: 2,
      managementState: "managed",
      upgradeStrategy: "none",
      configVersions: 3,
      ipFamilyPolicy: "SingleStack",
      podManagementPolicy: "Parallel",
      networkPolicy: { enabled: false },
    });
  });

  it("leaves Go four fifths of the container's memory", () => {
    expect(specOf()).toMatchObject({ env: [{ name: "GOMEMLIMIT", value: "819MiB" }] });
    expect(specOf({ resources: { ...workload.resources, limits: { cpu: "1", memory: "2G" } } })).toMatchObject({
      env: [{ name: "GOMEMLIMIT", value: "1525MiB" }],
    });
  });

  it("runs as nobody, unless it reads folders of the node", () => {
    expect(specOf()).toMatchObject({
      podSecurityContext: { runAsNonRoot: true, runAsUser: 10001 },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    });
    expect(
      specOf({
        runs: { mode: "daemonset" },
        hostFolders: [
          { name: "logs", from: "/var/log/pods" },
          { name: "state", from: "/var/lib/otelcol", at: "/state", writable: true },
        ],
      }),
    ).toMatchObject({
      podSecurityContext: { runAsUser: 0 },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      volumes: [
        { name: "logs", hostPath: { path: "/var/log/pods", type: "Directory" } },
        { name: "state", hostPath: { path: "/var/lib/otelcol", type: "DirectoryOrCreate" } },
      ],
      volumeMounts: [
        { name: "logs", mountPath: "/var/log/pods", readOnly: true },
        { name: "state", mountPath: "/state" },
      ],
      tolerations: [{ operator: "Exists" }],
    });
  });

  it("says how many pods, or between how many: then the number is the autoscaler's to write", () => {
    const spec = specOf({ runs: { mode: "deployment", replicas: { from: 2, to: 6, cpuPercent: 70 } } });
    expect(spec).not.toHaveProperty("replicas");
    expect(spec).toMatchObject({
      autoscaler: {
        minReplicas: 2,
        maxReplicas: 6,
        targetCPUUtilization: 70,
        behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
      },
      podDisruptionBudget: { maxUnavailable: 1 },
    });
    expect(specOf({ runs: { mode: "daemonset" } })).not.toHaveProperty("podDisruptionBudget");
  });

  it("gives each pod of a StatefulSet a volume of its own, which its user may write to", () => {
    expect(
      specOf({ runs: { mode: "statefulset", replicas: 3, volume: { size: "4Gi", at: "/var/lib/otelcol" } } }),
    ).toMatchObject({
      replicas: 3,
      volumeClaimTemplates: [
        {
          metadata: { name: "state" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "4Gi" } } },
        },
      ],
      volumeMounts: [{ name: "state", mountPath: "/var/lib/otelcol" }],
      podSecurityContext: { fsGroup: 10001 },
    });
  });

  it("takes secrets from the cluster, and its place before others from a class", () => {
    expect(
      specOf({
        secrets: { TOKEN: { secret: "vendor", key: "token" } },
        priorityClass: "telemetry-agents",
        terminationGracePeriod: 60,
      }),
    ).toMatchObject({
      env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name: "vendor", key: "token" } } }, { name: "GOMEMLIMIT" }],
      priorityClassName: "telemetry-agents",
      terminationGracePeriodSeconds: 60,
    });
  });

  it("puts variables that others refer to before those that refer to them", () => {
    const spec = specOf({
      podFields: { NODE: "spec.nodeName" },
      variables: { OTEL_RESOURCE_ATTRIBUTES: "k8s.node.name=$(NODE)" },
    });
    expect(spec).toMatchObject({
      env: [
        { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
        { name: "OTEL_RESOURCE_ATTRIBUTES" },
        { name: "GOMEMLIMIT" },
      ],
    });
  });

  it("carries the findings of its configuration, at their place in the resource", () => {
    const collector = compileCollector({
      pipelines: [pipeline("traces", from(otlp()), [resource({ upsert: { a: "b" } }), memoryLimiter()], to(debug()))],
    });
    expect(
      resourceFindings(collectorResource({ ...workload, collector })).map(({ resource: about, path }) => [about, path]),
    ).toEqual([
      [
        "opentelemetry.io/v1beta1/OpenTelemetryCollector opentelemetry/edge",
        "spec.config.service.pipelines.traces.processors[1]",
      ],
    ]);
  });
});
