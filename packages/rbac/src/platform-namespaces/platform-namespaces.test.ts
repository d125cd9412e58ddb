import type { PlatformComponentInput, Resource } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { platformNamespaces } from "./platform-namespaces.ts";

function namespacesOf(...components: readonly PlatformComponentInput[]): readonly Resource[] {
  return platformNamespaces.shared?.(examplePlatform({ components })) ?? [];
}

function enforced(component: PlatformComponentInput): string | undefined {
  return namespacesOf(component)[0]?.metadata.labels?.["pod-security.kubernetes.io/enforce"];
}

describe("namespaces of the platform", () => {
  it("are made once each, and none of Kubernetes' own", () => {
    const components = [
      { name: "grafana", namespace: "monitoring" },
      { name: "prometheus", namespace: "monitoring" },
      { name: "coredns", namespace: "kube-system" },
      { name: "tool", namespace: "default" },
      { name: "argocd", namespace: "argocd" },
    ];
    expect(namespacesOf(...components).map(({ metadata }) => metadata.name)).toEqual(["argocd", "monitoring"]);
  });

  it.each([
    [{ name: "argocd", namespace: "argocd" }, "baseline"],
    [{ name: "cert-manager", namespace: "cert-manager" }, "baseline"],
    [{ name: "something-new", namespace: "new" }, "baseline"],
    [{ name: "falco", namespace: "security" }, "privileged"],
    [{ name: "istio-ingress", namespace: "istio-system" }, "privileged"],
    [{ name: "node-exporter", namespace: "metrics" }, "privileged"],
    [{ name: "trivy-operator", namespace: "trivy-system" }, "privileged"],
    [{ name: "collector", namespace: "telemetry", roles: ["telemetry-agent"] }, "privileged"],
  ] satisfies readonly (readonly [PlatformComponentInput, string])[])("%j run at %s", (component, level) => {
    expect(enforced(component)).toBe(level);
  });

  it("are privileged when one component in them needs it, and say why", () => {
    const [namespace] = namespacesOf(
      { name: "otel-gateway", namespace: "opentelemetry", roles: ["telemetry-gateway"] },
      { name: "otel-agent", namespace: "opentelemetry", roles: ["telemetry-agent"] },
    );
    expect(namespace?.metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
      annotations: {
        "kubernetes.io/description": "Privileged because the telemetry agent mounts /var/log/pods of the node.",
      },
    });
  });

  it.each([
    [[{ name: "falco", namespace: "security", podSecurity: "baseline" }], "baseline"],
    [[{ name: "something-new", namespace: "new", podSecurity: "privileged" }], "privileged"],
    [[{ name: "web", namespace: "new", podSecurity: "restricted" }], "restricted"],
    [
      [
        { name: "web", namespace: "new", podSecurity: "restricted" },
        { name: "worker", namespace: "new" },
      ],
      "baseline",
    ],
  ] satisfies readonly (readonly [PlatformComponentInput[], string])[])(
    "run at the level that is declared: %j at %s",
    (components, level) =>
      expect(namespacesOf(...components)[0]?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe(level),
  );

  it("say of a declared level who declares it", () =>
    expect(
      namespacesOf({ name: "driver", namespace: "new", podSecurity: "privileged" })[0]?.metadata.annotations,
    ).toMatchObject({ "kubernetes.io/description": "Privileged because driver is declared so." }));

  it("ask before they are deleted, and record what restricted would refuse", () => {
    expect(namespacesOf({ name: "argocd", namespace: "argocd" })[0]?.metadata).toMatchObject({
      labels: { "pod-security.kubernetes.io/audit": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
      annotations: { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" },
    });
  });

  it("are pinned to the oldest Kubernetes, which every cluster knows", () => {
    const { cluster } = exampleDevelopment();
    const platform = examplePlatform({
      environments: [exampleDevelopment({ cluster: { ...cluster, kubernetes: "1.37" } }), exampleProduction()],
    });
    expect(platformNamespaces.shared?.(platform)[0]?.metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce-version": "v1.36",
    });
  });
});
