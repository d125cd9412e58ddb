import { buildUntypedResource, type Resource, type ResourceMetadata } from "@plinth/core";
import type { PodController } from "./autogen.ts";
import type { ContainerFixture, PodSecurityContextFixture, ResourcesFixture } from "./container-fixture.ts";

export type { ContainerFixture, ResourcesFixture } from "./container-fixture.ts";

type LocalReference = { readonly name: string };

type OtherSource =
  | "awsElasticBlockStore"
  | "azureDisk"
  | "azureFile"
  | "cephfs"
  | "cinder"
  | "fc"
  | "flexVolume"
  | "flocker"
  | "gcePersistentDisk"
  | "gitRepo"
  | "glusterfs"
  | "iscsi"
  | "nfs"
  | "photonPersistentDisk"
  | "portworxVolume"
  | "quobyte"
  | "rbd"
  | "scaleIO"
  | "storageos"
  | "vsphereVolume";

type OtherVolumeFixture = {
  readonly [Source in OtherSource]: Readonly<Record<Source, Readonly<Record<string, unknown>>>>;
}[OtherSource];

/** A volume of a pod: its name and one source. */
export type VolumeFixture = { readonly name: string } & (
  | { readonly hostPath: { readonly path: string; readonly type?: string } }
  | { readonly emptyDir: { readonly sizeLimit?: string; readonly medium?: "Memory" } }
  | { readonly configMap: LocalReference }
  | { readonly secret: { readonly secretName: string } }
  | { readonly persistentVolumeClaim: { readonly claimName: string; readonly readOnly?: boolean } }
  | { readonly projected: { readonly sources: readonly Readonly<Record<string, unknown>>[] } }
  | { readonly downwardAPI: { readonly items: readonly Readonly<Record<string, unknown>>[] } }
  | { readonly ephemeral: { readonly volumeClaimTemplate: Readonly<Record<string, unknown>> } }
  | { readonly csi: { readonly driver: string; readonly readOnly?: boolean } }
  | { readonly image: { readonly reference: string; readonly pullPolicy?: string } }
  | OtherVolumeFixture
);

/** What a fixture says of a pod; what it leaves out is as a good pod has it. */
export interface PodFixtureInput {
  /** @default `app.kubernetes.io/name: example` */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Who made the pod, as a ReplicaSet does; of Pods only, a template has none. @default none */
  readonly ownerReferences?: readonly OwnerReferenceFixture[];
  /** @default one container */
  readonly containers?: readonly [ContainerFixture, ...ContainerFixture[]];
  readonly initContainers?: readonly ContainerFixture[];
  readonly ephemeralContainers?: readonly Omit<ContainerFixture, "resources" | "ports" | "lifecycle">[];
  readonly volumes?: readonly VolumeFixture[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly hostUsers?: boolean;
  readonly os?: { readonly name: "linux" | "windows" };
  readonly securityContext?: PodSecurityContextFixture;
  /** Of the pod as a whole. */
  readonly resources?: ResourcesFixture;
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly LocalReference[];
  readonly priorityClassName?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly restartPolicy?: "Always" | "OnFailure" | "Never";
  readonly nodeName?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly TolerationFixture[];
  readonly topologySpreadConstraints?: readonly TopologySpreadFixture[];
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames: readonly string[] }[];
}

export interface OwnerReferenceFixture {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

export interface TolerationFixture {
  readonly key?: string;
  readonly operator?: "Exists" | "Equal";
  readonly value?: string;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface TopologySpreadFixture {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway";
  readonly labelSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
}

/** A pod without a name and a place: what a policy is tried on. */
export interface PodFixture {
  readonly kind: "pod";
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReferenceFixture[];
  readonly spec: Omit<PodFixtureInput, "labels" | "annotations" | "ownerReferences" | "containers"> & {
    readonly containers: readonly ContainerFixture[];
  };
}

/** Containers of every kind, in the order of the fields of a pod. */
export function containersOf({ spec }: PodFixture): readonly ContainerFixture[] {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
}

const defaultImage = "registry.example.com/shop/app:1.4.2";
const defaultResources: ResourcesFixture = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } };

/**
 * A pod to try policies on. What is left out is as every policy wants it: a fixture says only what it is about.
 *
 * @example
 * pod({ containers: [{ securityContext: { privileged: true } }] });
 * pod({ initContainers: [{ name: "migrate", image: "shop/migrate:latest" }] });
 */
export function pod(input: PodFixtureInput = {}): PodFixture {
  const {
    labels = { "app.kubernetes.io/name": "example" },
    annotations,
    ownerReferences,
    containers = [{}],
    initContainers,
    ephemeralContainers,
    ...rest
  } = input;
  return {
    kind: "pod",
    labels,
    ...(annotations === undefined ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    spec: {
      containers: containers.map((container, index) =>
        containerOf("app", index, { resources: defaultResources, ...container }),
      ),
      ...(initContainers === undefined
        ? {}
        : {
            initContainers: initContainers.map((container, index) =>
              containerOf("init", index, { resources: defaultResources, ...container }),
            ),
          }),
      // The API server refuses resources and ports of ephemeral containers.
      ...(ephemeralContainers === undefined
        ? {}
        : {
            ephemeralContainers: ephemeralContainers.map((container, index) =>
              containerOf("debugger", index, container),
            ),
          }),
      ...rest,
    },
  };
}

function containerOf(name: string, index: number, container: ContainerFixture): ContainerFixture {
  return { name: index === 0 ? name : `${name}-${index + 1}`, image: defaultImage, ...container };
}

/** True when the fixture can stand in a controller's template: ephemeral containers and owners cannot. */
export function fitsTemplate({ spec, ownerReferences }: PodFixture): boolean {
  return spec.ephemeralContainers === undefined && ownerReferences === undefined;
}

function metadataOf({ labels, annotations }: PodFixture): Pick<ResourceMetadata, "labels" | "annotations"> {
  return annotations === undefined ? { labels } : { labels, annotations };
}

interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** The fixture as a Pod. */
export function podResource(fixture: PodFixture, place: Place): Resource {
  return buildUntypedResource({
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...place,
      ...metadataOf(fixture),
      ...(fixture.ownerReferences === undefined ? {} : { ownerReferences: fixture.ownerReferences }),
    },
    spec: fixture.spec,
  });
}

/** The fixture as the template of a controller, which has no labels itself: a policy that reads those instead of the template's shows itself. */
export function controllerResource(fixture: PodFixture, controller: PodController, place: Place): Resource {
  const { apiVersion, kind } = controllerKinds[controller];
  const template = {
    metadata: metadataOf(fixture),
    spec: { ...fixture.spec, ...restartPolicyIn(controller, fixture) },
  };
  const selector = { matchLabels: fixture.labels };
  const specs: Readonly<Record<PodController, Readonly<Record<string, unknown>>>> = {
    deployments: { replicas: 1, selector, template },
    replicasets: { replicas: 1, selector, template },
    statefulsets: { replicas: 1, serviceName: place.name, selector, template },
    daemonsets: { selector, template },
    jobs: { template },
    cronjobs: { schedule: "0 3 * * *", jobTemplate: { spec: { template } } },
  };
  return buildUntypedResource({ apiVersion, kind, metadata: place, spec: specs[controller] });
}

/** The kind of each controller. */
export const controllerKinds: Readonly<Record<PodController, { readonly apiVersion: string; readonly kind: string }>> =
  {
    deployments: { apiVersion: "apps/v1", kind: "Deployment" },
    statefulsets: { apiVersion: "apps/v1", kind: "StatefulSet" },
    daemonsets: { apiVersion: "apps/v1", kind: "DaemonSet" },
    replicasets: { apiVersion: "apps/v1", kind: "ReplicaSet" },
    jobs: { apiVersion: "batch/v1", kind: "Job" },
    cronjobs: { apiVersion: "batch/v1", kind: "CronJob" },
  };

const jobControllers: readonly PodController[] = ["jobs", "cronjobs"];

/** Jobs take no Always, which the API server would fill in. */
function restartPolicyIn(controller: PodController, { spec }: PodFixture): Pick<PodFixtureInput, "restartPolicy"> {
  return jobControllers.includes(controller) && spec.restartPolicy === undefined ? { restartPolicy: "Never" } : {};
}
