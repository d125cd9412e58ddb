import type { DeliveryBy, Platform } from "@plinth/core";
import type { ResourceGroup } from "../roles/resource-groups.ts";

/** A kind that Argo CD or Flux delivers: projects name it by its kind, and RBAC by its plural. */
export interface DeliveredKind {
  readonly group: string;
  readonly kind: string;
  readonly resource: string;
}

/**
 * What a team delivers from repositories of its own: what its developers may change where people write by hand, and nothing else. The one source of both
 * the project's allow-list and the role that a sync runs with.
 *
 * Left out, because it holds the namespace in its bounds: Namespace, ResourceQuota, LimitRange, NetworkPolicy, Role, RoleBinding, PolicyException.
 * ServiceAccount: its annotation takes a cloud role, so the platform writes it from the model. Secret: it would lie in Git in the clear; ExternalSecret: it
 * fetches whatever its store can. ServiceMonitor and OpenTelemetryCollector: the platform's operators act on them with rights of their own.
 */
export const ownKinds: readonly DeliveredKind[] = [
  { group: "", kind: "ConfigMap", resource: "configmaps" },
  { group: "", kind: "PersistentVolumeClaim", resource: "persistentvolumeclaims" },
  { group: "", kind: "Service", resource: "services" },
  { group: "apps", kind: "DaemonSet", resource: "daemonsets" },
  { group: "apps", kind: "Deployment", resource: "deployments" },
  { group: "apps", kind: "StatefulSet", resource: "statefulsets" },
  { group: "argoproj.io", kind: "AnalysisTemplate", resource: "analysistemplates" },
  { group: "argoproj.io", kind: "Rollout", resource: "rollouts" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler", resource: "horizontalpodautoscalers" },
  { group: "batch", kind: "CronJob", resource: "cronjobs" },
  { group: "batch", kind: "Job", resource: "jobs" },
  { group: "gateway.networking.k8s.io", kind: "GRPCRoute", resource: "grpcroutes" },
  { group: "gateway.networking.k8s.io", kind: "HTTPRoute", resource: "httproutes" },
  { group: "grafana.integreatly.org", kind: "GrafanaDashboard", resource: "grafanadashboards" },
  { group: "grafana.integreatly.org", kind: "GrafanaFolder", resource: "grafanafolders" },
  { group: "monitoring.coreos.com", kind: "PrometheusRule", resource: "prometheusrules" },
  { group: "networking.k8s.io", kind: "Ingress", resource: "ingresses" },
  { group: "policy", kind: "PodDisruptionBudget", resource: "poddisruptionbudgets" },
  { group: "sloth.slok.dev", kind: "PrometheusServiceLevel", resource: "prometheusservicelevels" },
];

/** What the platform's repository may put into a team's namespace besides. The project of a team names only what is rendered for it. */
export const platformKinds: readonly DeliveredKind[] = [
  { group: "", kind: "ServiceAccount", resource: "serviceaccounts" },
  { group: "cert-manager.io", kind: "Certificate", resource: "certificates" },
  { group: "cilium.io", kind: "CiliumNetworkPolicy", resource: "ciliumnetworkpolicies" },
  { group: "external-secrets.io", kind: "ExternalSecret", resource: "externalsecrets" },
  // Not a team's own: the operator hands whatever it holds to Grafana's API, as the administrator.
  { group: "grafana.integreatly.org", kind: "GrafanaManifest", resource: "grafanamanifests" },
  { group: "monitoring.coreos.com", kind: "PodMonitor", resource: "podmonitors" },
  { group: "monitoring.coreos.com", kind: "ServiceMonitor", resource: "servicemonitors" },
  { group: "networking.k8s.io", kind: "NetworkPolicy", resource: "networkpolicies" },
  { group: "opentelemetry.io", kind: "Instrumentation", resource: "instrumentations" },
];

const argoCdKinds: readonly DeliveredKind[] = [
  { group: "argoproj.io", kind: "AppProject", resource: "appprojects" },
  { group: "argoproj.io", kind: "Application", resource: "applications" },
];

const kindsOfDelivery: Readonly<Record<DeliveryBy, readonly DeliveredKind[]>> = {
  applications: argoCdKinds,
  "application-sets": [...argoCdKinds, { group: "argoproj.io", kind: "ApplicationSet", resource: "applicationsets" }],
  flux: [
    { group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", resource: "kustomizations" },
    { group: "source.toolkit.fluxcd.io", kind: "GitRepository", resource: "gitrepositories" },
  ],
};

/**
 * What delivers an environment, and is itself delivered, into the namespace of Argo CD or Flux.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * const kinds = deliveryKinds(platform).map(({ kind }) => kind);
 */
export function deliveryKinds({ delivery }: Platform): readonly DeliveredKind[] {
  return kindsOfDelivery[delivery.by];
}

/** The kinds as resources that a role can name. */
export function resourcesOf(title: string, kinds: readonly DeliveredKind[]): ResourceGroup {
  const resources: Record<string, string[]> = {};
  for (const { group, resource } of kinds) resources[group] = [...(resources[group] ?? []), resource];
  return { title, resources, subresources: {} };
}
