import { hash } from "node:crypto";
import type { Platform } from "../model/platform.ts";
import { groupOf, type Resource } from "../resource/resource.ts";
import type { Place } from "./place.ts";

/** The group that is meant when nothing is said: kinds of Kubernetes itself, and those that Plinth renders. A kind of any other group is written with it. */
const homeGroups: Readonly<Record<string, string>> = {
  Namespace: "",
  ResourceQuota: "",
  LimitRange: "",
  ServiceAccount: "",
  Service: "",
  ConfigMap: "",
  Secret: "",
  Role: "rbac.authorization.k8s.io",
  RoleBinding: "rbac.authorization.k8s.io",
  ClusterRole: "rbac.authorization.k8s.io",
  ClusterRoleBinding: "rbac.authorization.k8s.io",
  NetworkPolicy: "networking.k8s.io",
  ValidatingAdmissionPolicy: "admissionregistration.k8s.io",
  ValidatingAdmissionPolicyBinding: "admissionregistration.k8s.io",
  ValidatingPolicy: "policies.kyverno.io",
  PolicyException: "policies.kyverno.io",
  OpenTelemetryCollector: "opentelemetry.io",
  Instrumentation: "opentelemetry.io",
  PrometheusRule: "monitoring.coreos.com",
  PrometheusServiceLevel: "sloth.slok.dev",
  GrafanaDashboard: "grafana.integreatly.org",
  GrafanaFolder: "grafana.integreatly.org",
  GrafanaManifest: "grafana.integreatly.org",
  GrafanaDatasource: "grafana.integreatly.org",
  Application: "argoproj.io",
  AppProject: "argoproj.io",
  ApplicationSet: "argoproj.io",
  Kustomization: "kustomize.toolkit.fluxcd.io",
  GitRepository: "source.toolkit.fluxcd.io",
};

// File systems allow 255 bytes; some room is left for the temporary name of an atomic write.
const MAX_FILE_NAME = 200;

/**
 * The path of a resource below the output folder, from its place, namespace, kind and name alone: adding one object never renames another.
 *
 * @example
 * // foundation/overlays/production/tenancy/team-data/resourcequota-team-data.yaml
 * // application/production/backend/checkout/networkpolicy-checkout.yaml
 */
export function resourcePath(resource: Resource, place: Place): string {
  return `${placeFolder(place)}/${fileFolder(resource, place)}${fileName(resource, place)}`;
}

/** The folder of a place below the output folder. */
export function placeFolder({ platform, component, environment, team, service }: Place): string {
  switch (component.layer) {
    case "foundation":
      return environment === undefined
        ? `foundation/base/${component.name}`
        : `foundation/overlays/${environment.name}/${component.name}`;
    case "application":
      return `application/${environment?.name}/${team?.name}/${service?.name ?? "_team"}`;
    case "argocd":
      return `${deliveryFolder(platform)}/${environment?.name}`;
  }
}

/** In the foundation a folder for each namespace; the other layers are flat, as Argo CD's directory mode reads them. */
function fileFolder(resource: Resource, { component }: Place): string {
  const { namespace } = resource.metadata;
  return component.layer === "foundation" && namespace !== undefined ? `${namespace}/` : "";
}

function fileName(resource: Resource, { component, team }: Place): string {
  const { name, namespace } = resource.metadata;
  const group = groupOf(resource);
  const kind = resource.kind.toLowerCase();
  const home = homeGroups[resource.kind] === group ? kind : `${kind}.${group === "" ? "core" : group}`;
  const elsewhere =
    component.layer === "application" && namespace !== undefined && namespace !== team?.namespace
      ? `${namespace}.`
      : "";
  // RBAC names may hold ':' and capitals, which some file systems do not keep apart or do not take.
  const safeName = name.replace(/[^a-z0-9.-]/g, (character) =>
    encodeURIComponent(character).replace(/^[^%]$/, (plain) => `%${plain.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  const file = `${elsewhere}${home}-${safeName}`;
  return file.length <= MAX_FILE_NAME
    ? `${file}.yaml`
    : `${file.slice(0, MAX_FILE_NAME - 17)}-${hash("sha256", file, "hex").slice(0, 16)}.yaml`;
}

/** The folder of what delivers the application layer. */
export function deliveryFolder({ delivery }: Platform): string {
  return delivery.by === "flux" ? "flux" : "argocd";
}

/** What clusters read. Beside it lie the index and documents for people. */
export const layerFolders: readonly string[] = ["foundation", "application", "argocd", "flux"];

/**
 * True for the path of a Kubernetes object below the output folder; kustomizations, documents and the index are none.
 *
 * @example
 * isObjectPath("foundation/base/tenancy/namespace-team-backend.yaml"); // true
 * isObjectPath("access/production/cluster-config.yaml"); // false: a person gives it to a tool
 */
export function isObjectPath(path: string): boolean {
  const [folder = ""] = path.split("/");
  return layerFolders.includes(folder) && path.endsWith(".yaml") && !path.endsWith("/kustomization.yaml");
}
