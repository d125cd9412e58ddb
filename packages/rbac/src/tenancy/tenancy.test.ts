import { compareQuantities, environmentNamed, parseQuantity, type Quota, type Resource, teamNamed } from "@plinth/core";
import { examplePlatform, examplePlatformInput, exampleTeam } from "@plinth/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containerLimits, limitRange } from "./limit-range.ts";
import { resourceQuota } from "./resource-quota.ts";
import { tenancy } from "./tenancy.ts";

const quota: Quota = {
  cpu: "20",
  memory: "40Gi",
  storage: "500Gi",
  pods: 100,
  services: 50,
  loadBalancers: 2,
  persistentVolumeClaims: 20,
  storageByClass: { gp3: "100Gi" },
  configMaps: 200,
  secrets: 200,
  jobs: 200,
  cronJobs: 50,
};

function tenancyIn(environmentName: string, platform = examplePlatform()): readonly Resource[] {
  return tenancy.perTeam?.(platform, environmentNamed(platform, environmentName), teamNamed(platform, "backend")) ?? [];
}

function ofKind(resources: readonly Resource[], kind: string): Resource {
  const found = resources.find((resource) => resource.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

describe("a team's namespace", () => {
  it("carries the Pod Security levels of the environment, pinned to its Kubernetes", () => {
    expect(ofKind(tenancyIn("production"), "Namespace").metadata).toEqual({
      name: "team-backend",
      labels: {
        "kubernetes.io/metadata.name": "team-backend",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.36",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.36",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.36",
      },
      annotations: { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" },
    });
    expect(ofKind(tenancyIn("development"), "Namespace").metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": "privileged",
    });
  });

  it("has a default ServiceAccount without a token", () => {
    expect(ofKind(tenancyIn("production"), "ServiceAccount")).toMatchObject({
      metadata: { name: "default", namespace: "team-backend" },
      automountServiceAccountToken: false,
    });
  });

  it("has the quota of its environment", () => {
    const input = examplePlatformInput();
    const platform = examplePlatform({
      ...input,
      teams: [
        exampleTeam("backend", { quotas: { development: { ...quota, cpu: "4" }, production: quota } }),
        exampleTeam("frontend"),
      ],
    });
    expect(ofKind(tenancyIn("development", platform), "ResourceQuota")).toMatchObject({
      spec: { hard: { "requests.cpu": "4" } },
    });
    expect(ofKind(tenancyIn("production", platform), "ResourceQuota")).toMatchObject({
      spec: { hard: { "requests.cpu": "20" } },
    });
  });

  it("has no pod with a priority of Kubernetes' own", () =>
    expect(tenancyIn("production").find(({ metadata }) => metadata.name === "no-system-priority")).toMatchObject({
      metadata: { namespace: "team-backend" },
      spec: {
        hard: { pods: "0" },
        scopeSelector: {
          matchExpressions: [
            {
              scopeName: "PriorityClass",
              operator: "In",
              values: ["system-cluster-critical", "system-node-critical"],
            },
          ],
        },
      },
    }));
});

describe("a quota", () => {
  it("limits CPU by requests, memory by requests and limits, and allows no node ports", () => {
    expect(resourceQuota("team-backend", quota)["spec"]).toEqual({
      hard: {
        "count/configmaps": "200",
        "count/cronjobs.batch": "50",
        "count/jobs.batch": "200",
        "count/secrets": "200",
        "gp3.storageclass.storage.k8s.io/requests.storage": "100Gi",
        "limits.memory": "40Gi",
        persistentvolumeclaims: "20",
        pods: "100",
        "requests.cpu": "20",
        "requests.memory": "40Gi",
        "requests.storage": "500Gi",
        services: "50",
        "services.loadbalancers": "2",
        "services.nodeports": "0",
      },
    });
  });

  it("is written as the API server would write it back", () => {
    expect(
      resourceQuota("team-backend", { ...quota, cpu: "0.5", memory: "2048Mi", storage: "1000G" })["spec"],
    ).toMatchObject({
      hard: { "requests.cpu": "500m", "requests.memory": "2Gi", "requests.storage": "1T" },
    });
  });
});

describe("a container that says nothing", () => {
  it("gets a CPU request, a memory request and a memory limit, and no CPU limit", () => {
    expect(limitRange("team-backend", quota)["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          default: { memory: "256Mi" },
          defaultRequest: { cpu: "100m", memory: "128Mi" },
        },
      ],
    });
  });

  it("never gets more than the quota has", () => {
    const quotas = fc
      .record({
        cpu: fc.constantFrom("10m", "100m", "0.25", "2", "40"),
        memory: fc.constantFrom("0", "64Mi", "100M", "300Mi", "1Gi", "80Gi", "1.5Gi"),
      })
      .map((given) => ({ ...quota, ...given }));
    fc.assert(
      fc.property(quotas, (given) => {
        const { default: limit, defaultRequest } = containerLimits(given);
        expectAtMost(defaultRequest.memory, limit.memory);
        expectAtMost(limit.memory, given.memory);
        expectAtMost(defaultRequest.cpu, given.cpu);
      }),
    );
  });

  it("gets the same when the quota grows: one change, one object", () =>
    expect(containerLimits({ ...quota, memory: "80Gi", cpu: "80" })).toEqual(containerLimits(quota)));
});

function expectAtMost(a: string, b: string): void {
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  if (left === undefined || right === undefined) throw new Error(`${a} and ${b} are not quantities`);
  expect(compareQuantities(left, right), `${a} is at most ${b}`).toBeLessThanOrEqual(0);
}
