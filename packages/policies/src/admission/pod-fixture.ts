import { buildUntypedResource, type Resource } from "@plinth/core";
import type { PodController } from "./autogen.ts";

/** The fields of a container that policies read. */
export interface ContainerFixture {
  readonly name?: string;
  readonly image?: string;
  readonly securityContext?: { readonly privileged?: boolean };
  readonly resources?: ResourcesFixture;
  readonly ports?: readonly { readonly containerPort: number; readonly hostPort?: number }[];
}

export interface ResourcesFixture {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

export type VolumeFixture = { readonly name: string } & (
  | { readonly hostPath: { readonly path: string; readonly type?: string } }
  | { readonly emptyDir: { readonly sizeLimit?: string } }
  | { readonly configMap: { readonly name: string } }
);

/** What a fixture says of a pod; what it leaves out is as a good pod has it. */
export interface PodFixtureInput {
  /** @default `app.kubernetes.io/name: example` */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default one container */
  readonly containers?: readonly [ContainerFixture, ...ContainerFixture[]];
  readonly initContainers?: readonly ContainerFixture[];
  readonly ephemeralContainers?: readonly Omit<ContainerFixture, "resources" | "ports">[];
  readonly volumes?: readonly VolumeFixture[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  /** Of the pod as a whole. */
  readonly resources?: ResourcesFixture;
}

/** A pod without a name and a place: what a policy is tried on. */
export interface PodFixture {
  readonly kind: "pod";
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Omit<PodFixtureInput, "labels" | "containers"> & { readonly containers: readonly ContainerFixture[] };
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
    containers = [{}],
    initContainers,
    ephemeralContainers,
    ...rest
  } = input;
  return {
    kind: "pod",
    labels,
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

/** True when the fixture can stand in a controller's template: ephemeral containers cannot. */
export function fitsTemplate(fixture: PodFixture): boolean {
  return fixture.spec.ephemeralContainers === undefined;
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
    metadata: { ...place, labels: fixture.labels },
    spec: fixture.spec,
  });
}

/** The fixture as the template of a controller, which has no labels itself: a policy that reads those instead of the template's shows itself. */
export function controllerResource(fixture: PodFixture, controller: PodController, place: Place): Resource {
  const { apiVersion, kind } = controllerKinds[controller];
  const template = { metadata: { labels: fixture.labels }, spec: { ...fixture.spec, ...restartPolicies[controller] } };
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

// Jobs take no Always, the other controllers nothing else.
const restartPolicies: Readonly<Record<PodController, { readonly restartPolicy?: string }>> = {
  deployments: {},
  statefulsets: {},
  daemonsets: {},
  replicasets: {},
  jobs: { restartPolicy: "Never" },
  cronjobs: { restartPolicy: "Never" },
};
