import type { Environment } from "../model/environment.ts";
import { groupOf, type Resource } from "../resource/resource.ts";
import type { Place } from "./place.ts";

/** A kind whose removal hurts in a way that rendering it again does not heal. */
export interface GuardedKind {
  readonly group: string;
  readonly kind: string;
  /** `by-hand`: only where a merge waits for approval. */
  readonly where: "everywhere" | "by-hand";
  /** What is lost with it. */
  readonly because: string;
}

/**
 * What is removed only after somebody has said so, whatever the tree no longer holds.
 *
 * @example
 * const names = guardedKinds.map(({ kind }) => kind);
 */
export const guardedKinds: readonly GuardedKind[] = [
  {
    group: "",
    kind: "Namespace",
    where: "everywhere",
    because: "Everything in it goes with it: workloads, volume claims, secrets.",
  },
  {
    group: "",
    kind: "PersistentVolumeClaim",
    where: "everywhere",
    because: "Its volume and what is stored on it go with it, unless the storage class retains.",
  },
  {
    group: "apiextensions.k8s.io",
    kind: "CustomResourceDefinition",
    where: "everywhere",
    because: "Every object of the kind, in every namespace, goes with it.",
  },
  {
    // The operator deletes the folder in Grafana, with what people have made in it by hand (grafana-operator, folder_controller.go).
    group: "grafana.integreatly.org",
    kind: "GrafanaFolder",
    where: "everywhere",
    because: "The folder in Grafana goes with it, and the dashboards that people have made there by hand.",
  },
  {
    group: "argoproj.io",
    kind: "Application",
    where: "by-hand",
    because: "Every object that it delivers goes with it: the accounts, network policies and alerts of a service.",
  },
  {
    group: "argoproj.io",
    kind: "ApplicationSet",
    where: "by-hand",
    because: "Every application that it makes goes with it.",
  },
  {
    group: "kustomize.toolkit.fluxcd.io",
    kind: "Kustomization",
    where: "by-hand",
    because: "Every object that it delivers goes with it: the accounts, network policies and alerts of a service.",
  },
];

const byKind: ReadonlyMap<string, GuardedKind> = new Map(
  guardedKinds.map((guarded) => [`${guarded.group}/${guarded.kind}`, guarded]),
);

/**
 * The annotation by which what delivers a resource keeps it until somebody confirms, or none.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#resource-pruning-and-deletion-with-confirmation
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function pruneAnnotations(resource: Resource, { platform, environment }: Place): Record<string, string> {
  const guarded = byKind.get(`${groupOf(resource)}/${resource.kind}`);
  if (guarded === undefined || (guarded.where === "by-hand" && !isByHand(environment))) return {};
  return platform.delivery.by === "flux"
    ? { "kustomize.toolkit.fluxcd.io/prune": "disabled" }
    : { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };
}

function isByHand(environment: Environment | undefined): boolean {
  return environment?.delivery.sync === "approval";
}
