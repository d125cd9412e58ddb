import { Kustomization } from "@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization";
import { GitRepository } from "@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository";
import { buildResource, type Resource, type ResourceMetadata } from "@plinth/core";

/** @see https://fluxcd.io/flux/components/source/gitrepositories/ */
export interface GitRepositorySpec {
  url: string;
  ref: { name: string };
  interval: string;
  timeout: string;
  /** Folders that are fetched; the rest of the repository is not. */
  sparseCheckout?: string[];
  secretRef: { name: string };
}

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/ */
export interface KustomizationSpec {
  sourceRef: { kind: "GitRepository"; name: string };
  path: string;
  /** Reconciles as this account of its own namespace, and may no more than it. */
  serviceAccountName: string;
  /** Puts every object into this namespace, whatever it says. */
  targetNamespace?: string;
  dependsOn?: { name: string }[];
  interval: string;
  retryInterval: string;
  timeout: string;
  prune: true;
  wait: boolean;
  force: false;
  deletionPolicy: "MirrorPrune" | "Orphan";
}

export function gitRepository(metadata: ResourceMetadata, spec: GitRepositorySpec): Resource {
  return buildResource(GitRepository, { metadata, spec });
}

export function kustomization(metadata: ResourceMetadata, spec: KustomizationSpec): Resource {
  return buildResource(Kustomization, { metadata, spec });
}
