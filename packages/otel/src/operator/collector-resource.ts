import { OpenTelemetryCollector } from "@kubernetes-models/opentelemetry-operator/opentelemetry.io/v1beta1/OpenTelemetryCollector";
import { attachFindings, buildResource, describeResource, parseQuantity, type Resource } from "@plinth/core";
import type { CompiledCollector } from "../configuration/compile.ts";
import { type CollectorImage, imageOf } from "./image.ts";

/** A collector as the operator runs it. */
export interface CollectorWorkload {
  readonly name: string;
  readonly namespace: string;
  /** Labels of the collector, which the operator copies to its pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly collector: CompiledCollector;
  readonly image: CollectorImage;
  /** Where it runs. */
  readonly runs: OnEachNode | AsDeployment | AsStatefulSet;
  readonly resources: CollectorResources;
  /** Environment variables from the pod itself: name to field. @default none */
  readonly podFields?: Readonly<Record<string, string>>;
  /** Environment variables with a value. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Folders of the node. They need the user root: the node's files belong to it. @default none */
  readonly hostFolders?: readonly HostFolder[];
}

/** A DaemonSet, also on nodes with taints. */
export interface OnEachNode {
  readonly mode: "daemonset";
}

export interface AsDeployment {
  readonly mode: "deployment";
  readonly replicas: number;
}

export interface AsStatefulSet {
  readonly mode: "statefulset";
  readonly replicas: number;
  /** Seconds to finish what it holds in memory. */
  readonly terminationGracePeriod: number;
}

/** Kubernetes quantities: `200m`, `512Mi`. */
export interface CollectorResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export interface HostFolder {
  /** Name of the volume. */
  readonly name: string;
  /** Path on the node. */
  readonly from: string;
  /** Path in the container. @default as on the node */
  readonly at?: string;
  /** Written to; made when it is not there. @default read only, and there already */
  readonly writable?: boolean;
}

/**
 * The OpenTelemetryCollector resource of a workload, with its findings, and with those defaults written out that the CRD and the operator's webhook fill
 * in (opentelemetry-operator internal/webhook/collector_webhook.go and the `default:` values of its CRD).
 */
export function collectorResource(workload: CollectorWorkload): Resource {
  const {
    name,
    namespace,
    labels,
    collector,
    image,
    runs,
    resources,
    podFields = {},
    variables = {},
    hostFolders = [],
  } = workload;
  const built = buildResource(OpenTelemetryCollector, {
    metadata: { name, namespace, labels },
    spec: {
      mode: runs.mode,
      replicas: runs.mode === "daemonset" ? 1 : runs.replicas,
      image: imageOf(image),
      serviceAccount: name,
      managementState: "managed",
      // The operator would rewrite the configuration for a newer collector, and Git would write it back.
      upgradeStrategy: "none",
      configVersions: 3,
      ipFamilyPolicy: "SingleStack",
      podManagementPolicy: "Parallel",
      // The operator's own policy lets anybody to every port, and policies add up: @plinth/policies renders exact ones.
      networkPolicy: { enabled: false },
      observability: { metrics: { enableMetrics: true } },
      resources,
      env: environmentOf(podFields, { ...variables, GOMEMLIMIT: goMemoryLimit(resources.limits.memory) }),
      podSecurityContext: {
        ...(hostFolders.length === 0 ? { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001 } : { runAsUser: 0 }),
        seccompProfile: { type: "RuntimeDefault" },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      ...(hostFolders.length === 0 ? {} : hostVolumes(hostFolders)),
      ...(runs.mode === "daemonset"
        ? { tolerations: [{ operator: "Exists" }] }
        : { topologySpreadConstraints: spread(namespace, name) }),
      ...(runs.mode === "statefulset" ? { terminationGracePeriodSeconds: runs.terminationGracePeriod } : {}),
      config: plainConfig(collector),
    },
  });
  return attachFindings(
    built,
    collector.findings.map((finding) => ({
      ...finding,
      resource: describeResource(built),
      path: `spec.config.${finding.path ?? ""}`,
    })),
  );
}

type CollectorSpec = NonNullable<ConstructorParameters<typeof OpenTelemetryCollector>[0]>["spec"];

/** The configuration as the model's types want it: lists that may be changed. */
function plainConfig({ config }: CompiledCollector): NonNullable<CollectorSpec>["config"] {
  const { service, ...sections } = config;
  return {
    ...sections,
    service: {
      ...(service.extensions === undefined ? {} : { extensions: [...service.extensions] }),
      ...(service.telemetry === undefined ? {} : { telemetry: service.telemetry }),
      pipelines: Object.fromEntries(
        Object.entries(service.pipelines).map(([id, { receivers, processors, exporters }]) => [
          id,
          {
            receivers: [...receivers],
            ...(processors === undefined ? {} : { processors: [...processors] }),
            exporters: [...exporters],
          },
        ]),
      ),
    },
  };
}

function environmentOf(
  podFields: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): NonNullable<NonNullable<CollectorSpec>["env"]> {
  return [
    ...Object.entries(podFields).map(([name, fieldPath]) => ({ name, valueFrom: { fieldRef: { fieldPath } } })),
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
  ];
}

/**
 * Four fifths of the container's memory: from there on Go collects garbage harder, before the kernel ends the process. Said here, it wins over the whole
 * limit, which the operator would take.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/memorylimiterprocessor/README.md
 */
function goMemoryLimit(memory: string): string {
  const quantity = parseQuantity(memory);
  if (quantity === undefined) throw new RangeError(`${JSON.stringify(memory)} is not a quantity`);
  const mebibytes = quantity.nanos / 1_000_000_000n / 1024n ** 2n;
  return `${(mebibytes * 4n) / 5n}MiB`;
}

function hostVolumes(folders: readonly HostFolder[]): Pick<NonNullable<CollectorSpec>, "volumes" | "volumeMounts"> {
  return {
    volumes: folders.map(({ name, from, writable }) => ({
      name,
      hostPath: { path: from, type: writable === true ? "DirectoryOrCreate" : "Directory" },
    })),
    volumeMounts: folders.map(({ name, from, at = from, writable }) => ({
      name,
      mountPath: at,
      ...(writable === true ? {} : { readOnly: true }),
    })),
  };
}

/** Over zones, and over the nodes of a zone. The label is the one by which the operator selects a collector's pods. */
function spread(namespace: string, name: string): NonNullable<NonNullable<CollectorSpec>["topologySpreadConstraints"]> {
  const labelSelector = {
    matchLabels: {
      "app.kubernetes.io/component": "opentelemetry-collector",
      "app.kubernetes.io/instance": `${namespace}.${name}`,
    },
  };
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector,
  }));
}
