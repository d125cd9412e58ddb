import { servicesIn } from "@plinth/core";
import { type Facts, workloadRows } from "./facts.ts";
import { nameEnd } from "./random.ts";
import type { Row } from "./row.ts";
import { edgeRows } from "./spans.ts";
import type { Workload } from "./workloads.ts";

// Every state that an application can be in, most of them well: https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
const applicationStates: readonly Row[] = [
  { sync_status: "OutOfSync", health_status: "Healthy", operation: "" },
  { sync_status: "Unknown", health_status: "Unknown", operation: "" },
  { sync_status: "Synced", health_status: "Degraded", operation: "" },
  { sync_status: "OutOfSync", health_status: "Missing", operation: "" },
  { sync_status: "Synced", health_status: "Progressing", operation: "sync" },
  { sync_status: "Synced", health_status: "Suspended", operation: "" },
];

/** What Argo CD delivers: one Application for each service. */
export function applicationRows({ platform, environment }: Facts): readonly Row[] {
  const delivery = platform.components.find(({ roles }) => roles.includes("delivery"));
  return servicesIn(platform, environment).map(
    (service, index): Row => ({
      name: `${environment.name}-${service.team}-${service.name}`,
      namespace: delivery?.namespace ?? "argocd",
      dest_namespace: platform.teams.find(({ name }) => name === service.team)?.namespace ?? "",
      dest_server: "https://kubernetes.default.svc",
      project: service.team,
      repo: platform.repository.url,
      autosync_enabled: "true",
      ...(applicationStates[index] ?? { sync_status: "Synced", health_status: "Healthy", operation: "" }),
    }),
  );
}

const rolloutPhases = ["Degraded", "Paused", "Progressing", "Healthy", "Timeout", "Error"];

/** What Argo Rollouts replaces step by step. */
export function rolloutRows(facts: Facts): readonly Row[] {
  return workloadRows(
    "Deployment",
    "name",
  )(facts)
    .slice(0, 8)
    .map((row, index) => ({
      ...row,
      strategy: "canary",
      traffic_router: "Istio",
      phase: rolloutPhases[index] ?? "Healthy",
    }));
}

/** What Trivy has looked at. */
export function imageRows(facts: Facts): readonly Row[] {
  return facts.workloads.map(({ namespace, name, kind }) => ({
    namespace,
    name: `${kind.toLowerCase()}-${name}`,
    resource_kind: kind,
    resource_name: name,
    container_name: name,
    image_registry: "registry.example.com",
    image_repository: `shop/${name}`,
    image_tag: "1.4.2",
    image_digest: `sha256:${nameEnd(name, 16)}`,
  }));
}

/** Who calls whom through proxies of Istio, with the pod whose proxy counts. */
export function meshRows({ platform, environment, workloads }: Facts): readonly Row[] {
  const ingress = platform.components.find(({ roles }) => roles.includes("ingress-gateway"));
  const services = workloads.filter(({ service }) => service !== undefined);
  const to = ({ name, namespace }: Workload): Row => ({
    destination_workload: name,
    destination_workload_namespace: namespace,
    destination_service: `${name}.${namespace}.svc.cluster.local`,
    destination_service_name: name,
    destination_service_namespace: namespace,
  });
  const outside = services
    .filter(({ service }) =>
      platform.services.some(({ name, publicPort }) => name === service && publicPort !== undefined),
    )
    .map((workload) => ({
      ...seenBy(
        "source",
        workloads.find(({ component }) => component === ingress),
      ),
      source_workload: ingress?.name ?? "",
      source_workload_namespace: ingress?.namespace ?? "",
      ...to(workload),
    }));
  const serverSide = environment.network.mesh === "istio-ambient" ? "waypoint" : "destination";
  const inside =
    environment.network.mesh === "none"
      ? []
      : edgeRows(platform, environment).flatMap(({ client, server }) => {
          const target = services.find(({ name }) => name === server);
          const source = services.find(({ name }) => name === client);
          return target === undefined || source === undefined
            ? []
            : [seenBy("source", source), seenBy(serverSide, target)].map((seen) => ({
                ...seen,
                source_workload: source.name,
                source_workload_namespace: source.namespace,
                ...to(target),
              }));
        });
  return [...(ingress === undefined ? [] : outside), ...inside];
}

/** The proxy that counts: its pod is the one that is scraped. */
function seenBy(reporter: string, workload: Workload | undefined): Row {
  const [pod] = workload?.pods ?? [];
  return { reporter, namespace: workload?.namespace ?? "", pod: pod?.name ?? "", container: "istio-proxy" };
}
