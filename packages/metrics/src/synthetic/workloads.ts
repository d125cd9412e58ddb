import {
  dataStoreNamed,
  type Environment,
  namespaceOf,
  needsIn,
  type Platform,
  type PlatformComponent,
  parseQuantity,
  placementIn,
  servicesIn,
} from "@plinth/core";
import { fractionOf, nameEnd } from "./random.ts";

/** A kind of object that makes pods. */
export type WorkloadKind = "Deployment" | "StatefulSet" | "DaemonSet";

/** What makes pods: a service, a data store or a component of the platform. */
export interface Workload {
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly namespace: string;
  /** The label `app.kubernetes.io/name` of its pods. */
  readonly application: string;
  /** Cores and bytes that each pod requests. */
  readonly cpu: number;
  readonly memory: number;
  readonly pods: readonly Pod[];
  /** What it is, where it is the platform's. */
  readonly component?: PlatformComponent;
  /** The service that it runs, where it runs one. */
  readonly service?: string;
}

export interface Pod {
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
  readonly node: Node;
  readonly owner: { readonly kind: string; readonly name: string };
  /** Of a version that came just now, while the other pods still are of the one before. */
  readonly isNew: boolean;
}

export interface Node {
  readonly name: string;
  readonly ip: string;
}

// Kinds that the charts use where it is no Deployment: kube-prometheus-stack, argo-cd, loki, tempo, falco.
const statefulSoftware: ReadonlySet<string> = new Set([
  "prometheus",
  "alertmanager",
  "argocd-application-controller",
  "loki",
  "tempo",
]);
const daemonSoftware: ReadonlySet<string> = new Set(["falco", "node-exporter", "otel-agent"]);

const coresOfNode = 8;
const gibibyte = 2 ** 30;

/** The machines of an environment: enough for what its services request, three at least. */
export function nodesOf(platform: Platform, environment: Environment): readonly Node[] {
  const requested = servicesIn(platform, environment).reduce((sum, service) => {
    const needs = needsIn(service, environment);
    return sum + (needs === undefined ? 0.2 : needs.replicas * number(needs.cpu));
  }, platform.components.length * 0.2);
  const count = Math.min(Math.max(4, Math.ceil((requested * 1.6) / coresOfNode)), 20);
  return Array.from({ length: count }, (_, index) => {
    const ip = `10.0.${16 + index}.${20 + Math.floor(fractionOf(`node ${index}`) * 200)}`;
    return { ip, name: `ip-${ip.replaceAll(".", "-")}.${environment.cluster.region}.compute.internal` };
  });
}

/** What an environment runs, of teams and of the platform. */
export function workloadsOf(
  platform: Platform,
  environment: Environment,
  nodes: readonly Node[],
  trouble: "some" | "everywhere",
): readonly Workload[] {
  let address = 0;
  const podOf = (kind: WorkloadKind, name: string, index: number, count: number): Pod => {
    const rolling = kind === "Deployment" && (trouble === "everywhere" || fractionOf(`rollout ${name}`) < 0.15);
    const isNew = rolling && index === count - 1;
    const owner = kind === "Deployment" ? `${name}-${nameEnd(isNew ? `${name} new` : name, 10)}` : name;
    address++;
    return {
      name: kind === "StatefulSet" ? `${name}-${index}` : `${owner}-${nameEnd(`${name} ${index}`, 5)}`,
      uid: `${nameEnd(`${name} ${index}`, 8)}-0000-4000-8000-${nameEnd(`${index} ${name}`, 12)}`,
      ip: `10.0.${100 + Math.floor(address / 250)}.${1 + (address % 250)}`,
      node: nodes[kind === "DaemonSet" ? index : address % nodes.length] ?? { name: "", ip: "" },
      owner: { kind: kind === "Deployment" ? "ReplicaSet" : kind, name: owner },
      isNew,
    };
  };
  const workload = (entry: Omit<Workload, "pods">, replicas: number): Workload => {
    const count = entry.kind === "DaemonSet" ? nodes.length : replicas;
    return { ...entry, pods: Array.from({ length: count }, (_, index) => podOf(entry.kind, entry.name, index, count)) };
  };
  const services = servicesIn(platform, environment).map((service) => {
    const needs = needsIn(service, environment);
    return workload(
      {
        kind: "Deployment",
        name: service.name,
        namespace: namespaceOf(platform, service),
        application: service.name,
        cpu: needs === undefined ? 0.2 : number(needs.cpu),
        memory: needs === undefined ? gibibyte / 4 : number(needs.memory),
        service: service.name,
      },
      needs?.replicas ?? 2,
    );
  });
  const stores = platform.dataStores
    .filter((store) => placementIn(store, environment).kind === "in-cluster")
    .map(({ name }) => {
      const namespace = namespaceOf(platform, dataStoreNamed(platform, name));
      return workload({ kind: "StatefulSet", name, namespace, application: name, cpu: 0.5, memory: gibibyte }, 1);
    });
  const components = platform.components.map((component) =>
    workload(
      {
        kind: kindOf(component),
        name: component.name,
        namespace: component.namespace,
        application: component.podLabels["app.kubernetes.io/name"] ?? component.name,
        cpu: 0.1,
        memory: gibibyte / 4,
        component,
      },
      2,
    ),
  );
  return [...services, ...stores, ...components];
}

function kindOf({ software, hostNetwork, roles }: PlatformComponent): WorkloadKind {
  if (hostNetwork || daemonSoftware.has(software) || roles.includes("telemetry-agent")) return "DaemonSet";
  return statefulSoftware.has(software) ? "StatefulSet" : "Deployment";
}

function number(quantity: string): number {
  const parsed = parseQuantity(quantity);
  return parsed === undefined ? 0 : Number(parsed.nanos) / 1e9;
}
