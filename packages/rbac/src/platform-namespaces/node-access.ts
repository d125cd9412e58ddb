import type { PlatformComponent, PlatformRole } from "@plinth/core";

/** A need of the node that the Pod Security level `baseline` refuses, and who has it. */
export interface NodeAccess {
  /** Names of components, or of namespaces where a chart puts its node agents beside the rest. */
  readonly names: readonly string[];
  readonly roles: readonly PlatformRole[];
  /** After "because": what is mounted or shared. */
  readonly because: string;
}

/** Everything that needs a privileged namespace. Whoever is not here runs at `baseline`. */
export const nodeAccess: readonly NodeAccess[] = [
  // https://falco.org/docs/setup/container/
  {
    names: ["falco"],
    roles: [],
    because: "falco's driver watches the kernel: a privileged container with the host's /proc",
  },
  // https://istio.io/latest/docs/setup/additional-setup/pod-security-admission/
  {
    names: ["istio-cni", "istio-system", "ztunnel"],
    roles: [],
    because: "istio-cni mounts the node's CNI folders and changes the network of pods",
  },
  // https://opentelemetry.io/docs/platforms/kubernetes/collector/components/#filelog-receiver
  {
    names: ["otel-agent"],
    roles: ["telemetry-agent"],
    because: "the telemetry agent mounts /var/log/pods of the node",
  },
  // https://github.com/prometheus-community/helm-charts/tree/main/charts/prometheus-node-exporter
  {
    names: ["kube-prometheus-stack", "monitoring", "node-exporter"],
    roles: [],
    because: "node-exporter shares the node's network and processes and mounts its root",
  },
  // https://github.com/aquasecurity/trivy/issues/3769
  {
    names: ["trivy-operator"],
    roles: [],
    because: "trivy's node-collector mounts the kubelet's folders and shares the node's processes",
  },
];

/** What a component needs of the node beyond `baseline`. */
export function nodeAccessOf(component: PlatformComponent): readonly NodeAccess[] {
  return nodeAccess.filter(
    ({ names, roles }) =>
      names.includes(component.name) ||
      names.includes(component.namespace) ||
      roles.some((role) => component.roles.includes(role)),
  );
}
