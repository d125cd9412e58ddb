import { environmentNamed, fieldAt, type Platform, plan, type Resource } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { instrumentation } from "@plinth/otel";
import { admissionPolicies, policyEvaluator } from "@plinth/policies";
import { describe, expect, it } from "vitest";
import { shopWorkloads } from "./shop-workloads.ts";

const { services } = examplePlatformInput();
const platform: Platform = examplePlatform({
  services: services.map((service) => (service.name === "frontend" ? { ...service, language: "java" } : service)),
});

/**
 * The pod of a Deployment as the OpenTelemetry operator leaves it: a container that copies the agent, with the resources of the Instrumentation and the
 * security context of the container that it is for, and a volume between the two.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/instrumentation/javaagent.go
 */
function injectedPod(deployment: Resource, agent: Resource): Resource {
  const template = fieldAt(deployment, "spec", "template", "spec");
  const [first] = listOf(fieldAt(template, "containers"));
  const volume = "opentelemetry-auto-instrumentation-java";
  const mount = { name: volume, mountPath: "/otel-auto-instrumentation-java" };
  const metadata = {
    name: "frontend-0",
    namespace: "team-frontend",
    labels: { "app.kubernetes.io/name": "frontend" },
    ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "frontend", uid: "0f5b1e7c" }],
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: {
      ...Object(template),
      volumes: [...listOf(fieldAt(template, "volumes")), { name: volume, emptyDir: { sizeLimit: "200Mi" } }],
      containers: [{ ...Object(first), volumeMounts: [...listOf(fieldAt(first, "volumeMounts")), mount] }],
      initContainers: [
        {
          name: volume,
          image: fieldAt(agent, "spec", "java", "image"),
          command: ["cp", "/javaagent.jar", "/otel-auto-instrumentation-java/javaagent.jar"],
          resources: fieldAt(agent, "spec", "java", "resources"),
          securityContext: fieldAt(first, "securityContext"),
          volumeMounts: [mount],
        },
      ],
    },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function resourcesIn(components: Parameters<typeof plan>[1]): readonly Resource[] {
  return plan(platform, components).files.flatMap(({ entry, resource }) =>
    entry.environment === "production" && resource !== undefined ? [resource] : [],
  );
}

describe("a pod with an injected agent", () => {
  it("passes every policy that refuses where the pod without it does", () => {
    const deployment = shopWorkloads(platform, environmentNamed(platform, "production")).find(
      ({ kind, metadata }) => kind === "Deployment" && metadata.name === "frontend",
    );
    const agent = resourcesIn(instrumentation()).find(({ metadata }) => metadata.name === "java");
    if (deployment === undefined || agent === undefined) throw new Error("nothing to inject, or nowhere");
    const pod = injectedPod(deployment, agent);
    const refusing = resourcesIn([admissionPolicies]).filter((policy) =>
      listOf(fieldAt(policy, "spec", "validationActions")).includes("Deny"),
    );
    expect(refusing.length).toBeGreaterThan(10);
    const failed = refusing.flatMap((policy) => {
      const verdict = policyEvaluator(policy)(pod);
      return verdict.result === "fail" || verdict.result === "error"
        ? [`${policy.metadata.name}: ${JSON.stringify(verdict)}`]
        : [];
    });
    expect(failed).toEqual([]);
  });
});
