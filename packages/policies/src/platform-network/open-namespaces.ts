import { buildResource, type Environment, type Platform, type Resource } from "@plinth/core";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { isKubernetesNamespace } from "./protected-namespaces.ts";

/**
 * Policies that allow everything in Kubernetes' own namespaces, where the VPC CNI is strict: there a pod that no policy selects is refused everything
 * for good, CoreDNS first.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s#network_policy_enforcing_mode-v1171
 */
export function openNamespaces({ components }: Platform, { network }: Environment): readonly Resource[] {
  if (network.cni !== "vpc-cni-strict") return [];
  const namespaces = components.map(({ namespace }) => String(namespace)).filter(isKubernetesNamespace);
  return [...new Set(["kube-system", ...namespaces])].sort().map((namespace) =>
    buildResource(NetworkPolicy, {
      metadata: { name: "allow-all", namespace },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
    }),
  );
}
