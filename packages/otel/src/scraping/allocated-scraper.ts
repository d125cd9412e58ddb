import { TargetAllocator } from "@kubernetes-models/opentelemetry-operator/opentelemetry.io/v1alpha1/TargetAllocator";
import { buildResource, type Environment, type Platform, type PlatformComponent, type Resource } from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { ClusterRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { type CompiledCollector, compileCollector } from "../configuration/compile.ts";
import { from, pipeline, to } from "../configuration/pipeline.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { healthCheck } from "../extensions/health-check.ts";
import { collectorResource } from "../operator/collector-resource.ts";
import { memoryLimiter } from "../processors/memory-limiter.ts";
import { prometheus } from "../receivers/prometheus.ts";
import { collectorPlaces, serviceHost } from "../topology/places.ts";
import type { MonitorOptions } from "./monitor.ts";

/** The software of a platform component that says: collectors scrape, and a target allocator shares the targets out among them. */
export const scraperSoftware = "otel-scraper";

/** The components of a platform that scrape as collectors. */
export function allocatedScrapers({ components }: Platform): readonly PlatformComponent[] {
  return components.filter(({ software }) => software === scraperSoftware);
}

/** The name of a scraper's target allocator. */
export function allocatorName({ name }: PlatformComponent): string {
  return `${name}-targetallocator`;
}

/**
 * The configuration of collectors that scrape what the target allocator gives them, and hand it to the gateway.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/cmd/otel-allocator/README.md
 */
export function scraperCollector(platform: Platform, scraper: PlatformComponent): CompiledCollector {
  const { gateway } = collectorPlaces(platform);
  const targets = prometheus({
    scrapeInterval: "30s",
    targetAllocator: {
      endpoint: `http://${allocatorName(scraper)}:80`,
      interval: "30s",
      collectorId: `\${env:POD_NAME}`,
    },
  });
  return compileCollector({
    extensions: [healthCheck()],
    telemetry: { port: scraper.ports["metrics"] ?? 8888, logs: "json" },
    pipelines: [
      pipeline(
        "metrics",
        from(targets),
        [memoryLimiter()],
        to(
          otlpGrpc({
            name: "gateway",
            endpoint: `${serviceHost(gateway)}:${gateway.ports.otlpGrpc}`,
            tls: "plaintext",
            queue: { batch: { maxSize: 8192 } },
          }),
        ),
      ),
    ],
  });
}

/** The collectors of a scraper and their target allocator, with their accounts and what the allocator reads. */
export function allocatedScraper(
  platform: Platform,
  { production }: Environment,
  scraper: PlatformComponent,
  { monitorLabels = {} }: MonitorOptions = {},
): readonly Resource[] {
  const { name, namespace, podLabels } = scraper;
  const allocator = allocatorName(scraper);
  const role = `${namespace}-${allocator}`;
  const selected = { matchLabels: { ...monitorLabels } };
  return [
    buildResource(ServiceAccount, { metadata: { name, namespace }, automountServiceAccountToken: false }),
    buildResource(ServiceAccount, {
      metadata: { name: allocator, namespace },
      automountServiceAccountToken: true,
    }),
    buildResource(ClusterRole, {
      metadata: { name: role },
      rules: [
        {
          apiGroups: ["monitoring.coreos.com"],
          resources: ["podmonitors", "servicemonitors", "probes", "scrapeconfigs"],
          verbs: ["get", "list", "watch"],
        },
        { apiGroups: [""], resources: ["pods", "services", "namespaces"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"] },
      ],
    }),
    buildResource(ClusterRoleBinding, {
      metadata: { name: role },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
      subjects: [{ kind: "ServiceAccount", name: allocator, namespace }],
    }),
    buildResource(TargetAllocator, {
      // The operator makes its Deployment and Service, named <name>-targetallocator.
      metadata: { name, namespace },
      spec: {
        replicas: production ? 2 : 1,
        image: "ghcr.io/open-telemetry/opentelemetry-operator/target-allocator:0.158.0",
        serviceAccount: allocator,
        // The address of a target decides who scrapes it: one collector more moves few of them, and two allocators agree.
        allocationStrategy: "consistent-hashing",
        filterStrategy: "relabel-config",
        collectorNotReadyGracePeriod: "30s",
        networkPolicy: { enabled: false },
        managementState: "managed",
        ipFamilyPolicy: "SingleStack",
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
        podSecurityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          runAsGroup: 65532,
          seccompProfile: { type: "RuntimeDefault" },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        prometheusCR: {
          enabled: true,
          scrapeInterval: "30s",
          evaluationInterval: "30s",
          podMonitorSelector: selected,
          podMonitorNamespaceSelector: {},
          serviceMonitorSelector: selected,
          serviceMonitorNamespaceSelector: {},
          scrapeConfigNamespaceSelector: {},
          probeNamespaceSelector: {},
        },
      },
    }),
    collectorResource({
      name,
      namespace,
      labels: { ...podLabels, "opentelemetry.io/target-allocator": name },
      collector: scraperCollector(platform, scraper),
      image: "contrib",
      // A StatefulSet's pods keep their names, by which targets are shared out.
      runs: { mode: "statefulset", replicas: production ? 3 : 1 },
      resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { cpu: "1", memory: "1Gi" } },
    }),
  ];
}
