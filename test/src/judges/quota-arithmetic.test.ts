import { environmentNamed, type Finding, type Resource } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { quotaArithmeticFindings } from "./quota-arithmetic.ts";

const platform = examplePlatform({
  teams: [exampleTeam("backend")],
  services: examplePlatformInput().services.filter(({ name }) => name === "mailer"),
});

const namespace = "team-backend";

function quota(hard: Readonly<Record<string, string>>, scopeSelector?: unknown): Resource {
  const spec = { hard, ...(scopeSelector === undefined ? {} : { scopeSelector }) };
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "limits", namespace }, spec };
}

function deployment(
  spec: Readonly<Record<string, unknown>> = {},
  pod: Readonly<Record<string, unknown>> = {},
): Resource {
  const resources = { requests: { cpu: "100m", memory: "1Gi" }, limits: { memory: "1Gi" } };
  const template = { spec: { containers: [{ name: "main", resources }], ...pod } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "mailer", namespace },
    spec: { replicas: 4, template, ...spec },
  };
}

function findingsFor(...objects: readonly Resource[]): readonly Finding[] {
  return quotaArithmeticFindings(platform, environmentNamed(platform, "production"), objects);
}

function messagesFor(...objects: readonly Resource[]): string[] {
  return findingsFor(...objects).map(({ message }) => message);
}

describe("the arithmetic of a quota", () => {
  it("counts replicas and the surge of a rolling update", () => {
    expect(messagesFor(deployment(), quota({ pods: "5", "requests.cpu": "500m", "limits.memory": "5Gi" }))).toEqual([]);
    expect(messagesFor(deployment(), quota({ pods: "4", "requests.cpu": "499m", "requests.memory": "4Gi" }))).toEqual([
      "the workloads of team-backend take 5 of pods (production)",
      "the workloads of team-backend take 500m of requests.cpu (production)",
      "the workloads of team-backend take 5Gi of requests.memory (production)",
    ]);
  });

  it.each([
    [{ strategy: { type: "Recreate" } }, "4"],
    [{ strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 3 } } }, "7"],
    [{ strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "100%" } } }, "8"],
    [{ replicas: undefined }, "2"],
  ])("counts as many pods as %j can have", (spec, pods) => {
    expect(messagesFor(deployment(spec), quota({ pods }))).toEqual([]);
    expect(messagesFor(deployment(spec), quota({ pods: String(Number(pods) - 1) }))).toHaveLength(1);
  });

  it("counts the maximum of an autoscaler", () => {
    const autoscaler: Resource = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "mailer", namespace },
      spec: { scaleTargetRef: { kind: "Deployment", name: "mailer" }, minReplicas: 2, maxReplicas: 8 },
    };
    expect(messagesFor(deployment(), autoscaler, quota({ pods: "10" }))).toEqual([]);
    expect(messagesFor(deployment(), autoscaler, quota({ pods: "9" }))).toHaveLength(1);
  });

  it("counts volumes and their storage, also by class", () => {
    const template = {
      spec: { storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } },
    };
    const store: Resource = {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "store", namespace },
      spec: { replicas: 3, volumeClaimTemplates: [template], template: { spec: { containers: [] } } },
    };
    const fits = {
      persistentvolumeclaims: "3",
      "requests.storage": "30Gi",
      "gp3.storageclass.storage.k8s.io/requests.storage": "30Gi",
      "io2.storageclass.storage.k8s.io/requests.storage": "0",
    };
    expect(messagesFor(deployment(), store, quota(fits))).toEqual([]);
    const tooSmall = {
      persistentvolumeclaims: "2",
      "requests.storage": "29Gi",
      "gp3.storageclass.storage.k8s.io/requests.storage": "29Gi",
    };
    expect(messagesFor(deployment(), store, quota(tooSmall))).toHaveLength(3);
  });

  it("counts in a quota for priority classes only pods of these classes", () => {
    const scope = {
      matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["system-node-critical"] }],
    };
    const scoped = quota({ pods: "0" }, scope);
    const unscoped = quota({ pods: "5" });
    expect(messagesFor(deployment(), scoped, unscoped)).toEqual([]);
    expect(messagesFor(deployment({}, { priorityClassName: "system-node-critical" }), scoped, unscoped)).toHaveLength(
      1,
    );
  });

  it("passes nothing that it has not read", () => {
    expect(messagesFor()).toEqual([
      "no workload of mailer was read (production)",
      "no ResourceQuota of team-backend was read (production)",
    ]);
    expect(messagesFor(deployment(), quota({ "count/widgets.example.com": "1" }))).toEqual([
      "limits count/widgets.example.com, which this judge cannot add up (production)",
    ]);
  });
});
