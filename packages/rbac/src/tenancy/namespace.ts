import { buildResource, type Resource } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { type PodSecurityLevels, podSecurityLabels } from "./pod-security.ts";

/** What a namespace needs besides its name. */
export interface NamespaceInput {
  name: string;
  podSecurity: PodSecurityLevels;
  /** Minor version of Kubernetes whose Pod Security standards hold: `1.36`. */
  kubernetes: string;
  /** One sentence for people. @default none */
  description?: string;
}

// A namespace takes everything in it along when it is deleted, so Argo CD asks first: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
const deletionProtection = { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" };

/**
 * A namespace with its Pod Security levels that no sync deletes by itself.
 *
 * @example
 * const resource = namespace({ name: "monitoring", kubernetes: "1.36", podSecurity: { enforce: "privileged", audit: "privileged", warn: "privileged" } });
 */
export function namespace({ name, podSecurity, kubernetes, description }: NamespaceInput): Resource {
  return buildResource(Namespace, {
    metadata: {
      name,
      // The API server sets kubernetes.io/metadata.name; said here, selectors by name hold for whoever reads the files, too.
      labels: { "kubernetes.io/metadata.name": name, ...podSecurityLabels(podSecurity, kubernetes) },
      annotations: {
        ...deletionProtection,
        ...(description === undefined ? {} : { "kubernetes.io/description": description }),
      },
    },
  });
}
