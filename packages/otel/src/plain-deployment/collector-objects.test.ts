import {
  emitYaml,
  environmentNamed,
  fieldAt,
  type Platform,
  plan,
  type Resource,
  resourceFindings,
} from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { debug } from "../exporters/debug.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { resource } from "../processors/resource.ts";
import { otlp } from "../receivers/otlp.ts";
import { otel, otelComponents } from "../topology/components.ts";
import { agentEndpoint } from "../topology/places.ts";
import { agentWorkload, clusterWorkload, gatewayWorkload, samplingWorkload } from "../topology/workloads.ts";
import { collectorObjects } from "./collector-objects.ts";

const platform = examplePlatform();
const production = environmentNamed(platform, "production");
const objectsOf = (
  workload: (of: Platform, environment: typeof production) => Parameters<typeof collectorObjects>[0],
) => collectorObjects(workload(platform, production));
const find = (objects: readonly Resource[], kind: string, name?: string): Resource => {
  const found = objects.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
  if (found === undefined) throw new Error(`there is no ${kind} ${name ?? ""}`);
  return found;
};
const podSpec = (object: Resource): unknown => fieldAt(object, "spec", "template", "spec");

describe("collectors without the operator", () => {
  it("are whole: nothing about them is wrong", () => {
    expect(plan(platform, otel({ runBy: "kubernetes" })).findings).toEqual([]);
    expect(
      plan(platform, otel({ runBy: "kubernetes" })).files.filter(
        ({ resource: each }) => each?.kind === "OpenTelemetryCollector",
      ),
    ).toEqual([]);
  });

  it("are what the operator would make: a DaemonSet, a Deployment that follows the load, two StatefulSets", () => {
    const kinds = (objects: readonly Resource[]): readonly string[] =>
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(kinds(objectsOf(agentWorkload))).toEqual([
      "ConfigMap otel-agent-collector",
      "DaemonSet otel-agent-collector",
      "Service otel-agent-collector",
      "Service otel-agent-collector-headless",
      "Service otel-agent-collector-monitoring",
    ]);
    expect(kinds(objectsOf(gatewayWorkload))).toEqual([
      "ConfigMap otel-gateway-collector",
      "Deployment otel-gateway-collector",
      "Service otel-gateway-collector",
      "Service otel-gateway-collector-headless",
      "Service otel-gateway-collector-monitoring",
      "HorizontalPodAutoscaler otel-gateway-collector",
      "PodDisruptionBudget otel-gateway-collector",
    ]);
    expect(kinds(objectsOf(samplingWorkload))).toContain("StatefulSet otel-gateway-sampling-collector");
    // Nobody sends to it: its pod has a name in DNS, and its metrics are scraped.
    expect(kinds(objectsOf(clusterWorkload))).toEqual([
      "ConfigMap otel-cluster-collector",
      "StatefulSet otel-cluster-collector",
      "Service otel-cluster-collector-headless",
      "Service otel-cluster-collector-monitoring",
      "PodDisruptionBudget otel-cluster-collector",
    ]);
  });

  it("are reached where those of the operator are", () => {
    const service = find(objectsOf(agentWorkload), "Service", "otel-agent-collector");
    expect(agentEndpoint(platform)).toBe(`http://${service.metadata.name}.${service.metadata.namespace}.svc:4317`);
    expect(service["spec"]).toMatchObject({
      internalTrafficPolicy: "Local",
      ports: [
        { name: "otlp-grpc", port: 4317, appProtocol: "grpc" },
        { name: "otlp-http", port: 4318, appProtocol: "http" },
      ],
    });
    expect(
      find(objectsOf(samplingWorkload), "Service", "otel-gateway-sampling-collector-headless")["spec"],
    ).toMatchObject({ clusterIP: "None", ports: [{ port: 4317 }] });
  });

  it("read the same configuration, and are replaced when it changes", () => {
    const workload = gatewayWorkload(platform, production);
    const text = emitYaml(workload.collector.config);
    expect(find(collectorObjects(workload), "ConfigMap")["data"]).toEqual({ "collector.yaml": text });
    const annotation = (of: typeof workload): unknown =>
      fieldAt(find(collectorObjects(of), "Deployment"), "spec", "template", "metadata", "annotations");
    const [other] = platform.environments;
    if (other === undefined) throw new Error("there is an environment");
    expect(annotation(workload)).toEqual(annotation(gatewayWorkload(platform, production)));
    expect(annotation(workload)).not.toEqual(annotation(gatewayWorkload(platform, other)));
  });

  // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
  it.each([
    ["gateway", gatewayWorkload, "Deployment"],
    ["sampler", samplingWorkload, "StatefulSet"],
    ["cluster collector", clusterWorkload, "StatefulSet"],
  ] as const)("keep the Pod Security level restricted: the %s", (_, workload, kind) => {
    expect(podSpec(find(objectsOf(workload), kind))).toMatchObject({
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    });
  });

  it("have probes that ask the collector, and never its back ends", () => {
    const probe = { httpGet: { path: "/", port: 13133, scheme: "HTTP" } };
    expect(podSpec(find(objectsOf(gatewayWorkload), "Deployment"))).toMatchObject({
      containers: [{ startupProbe: probe, livenessProbe: probe, readinessProbe: probe }],
    });
  });

  it("keep their queues on volumes of their own", () => {
    expect(find(objectsOf(samplingWorkload), "StatefulSet")["spec"]).toMatchObject({
      serviceName: "otel-gateway-sampling-collector-headless",
      volumeClaimTemplates: [{ metadata: { name: "state" }, spec: { resources: { requests: { storage: "4Gi" } } } }],
      template: {
        spec: {
          containers: [{ volumeMounts: [{ name: "config" }, { name: "state", mountPath: "/var/lib/otelcol" }] }],
        },
      },
    });
  });

  it("leave the number of pods to who follows the load", () => {
    const objects = objectsOf(gatewayWorkload);
    expect(find(objects, "Deployment")["spec"]).not.toHaveProperty("replicas");
    expect(find(objects, "HorizontalPodAutoscaler")["spec"]).toMatchObject({
      scaleTargetRef: { kind: "Deployment", name: "otel-gateway-collector" },
      minReplicas: 3,
      maxReplicas: 10,
    });
  });

  it("carry the findings of their configuration", () => {
    const collector = compileCollector({
      pipelines: [pipeline("traces", from(otlp()), [resource({ upsert: { a: "b" } }), memoryLimiter()], to(debug()))],
    });
    const [configMap] = collectorObjects({ ...gatewayWorkload(platform, production), collector });
    expect(configMap && resourceFindings(configMap).map(({ path }) => path)).toEqual([
      "data.collector.yaml: service.pipelines.traces.processors[1]",
    ]);
  });

  it("have the identities and permissions of those that the operator runs", () => {
    const identities = (components: typeof otelComponents): readonly string[] =>
      plan(platform, components)
        .files.map(({ path }) => path)
        .filter((path) => /serviceaccount|clusterrole/.test(path));
    expect(identities(otel({ runBy: "kubernetes" }))).toEqual(identities(otelComponents));
  });
});
