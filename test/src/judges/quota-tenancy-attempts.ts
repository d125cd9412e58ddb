import type { KubernetesObject } from "../cluster/kubernetes-object.ts";

/** Something that is made in a namespace. */
export interface Attempt {
  readonly what: string;
  readonly object: KubernetesObject;
  /** What the refusal says; admitted where it is left out. */
  readonly refused?: string;
}

const image = "registry.example.com/backend/cart:1.4.2";

/** A pod that the limited team may run, with what is changed. */
export function pod(spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return podIn("team-backend", spec);
}

export function podIn(namespace: string, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "attempt", namespace }, spec: { ...podSpec, ...spec } };
}

const podSpec: Readonly<Record<string, unknown>> = { containers: [{ name: "main", image }] };

function withImage(name: string): Readonly<Record<string, unknown>> {
  return { containers: [{ name: "main", image: name }] };
}

function template(
  apiVersion: string,
  kind: string,
  spec: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  const labels = { "app.kubernetes.io/name": "attempt" };
  const described = { metadata: { labels }, spec: { ...podSpec, ...spec } };
  return {
    apiVersion,
    kind,
    metadata: { name: "attempt", namespace: "team-backend" },
    spec: { ...(kind === "Job" ? {} : { selector: { matchLabels: labels } }), template: described, ...more },
  };
}

function claim(storageClassName: string | undefined, namespace = "team-backend"): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "attempt", namespace },
    spec: claimSpec(storageClassName),
  };
}

function claimSpec(storageClassName: string | undefined): Readonly<Record<string, unknown>> {
  return {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "1Gi" } },
    ...(storageClassName === undefined ? {} : { storageClassName }),
  };
}

function ingress(
  spec: Readonly<Record<string, unknown>>,
  annotations?: Readonly<Record<string, string>>,
): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "attempt", namespace: "team-backend", ...(annotations === undefined ? {} : { annotations }) },
    spec: { defaultBackend: { service: { name: "cart", port: { number: 80 } } }, ...spec },
  };
}

const otherImage = "team-backend may not use the image";
const allowedImages = "; allowed: docker.io/library/busybox, registry.example.com/backend";

/** What the limited team tries, field by field: what it may, and what it may not with every way around that there is. */
export const attempts: readonly Attempt[] = [
  { what: "a pod with an image of the team's registry", object: pod() },
  { what: "an image by digest", object: pod(withImage(`registry.example.com/backend/cart@sha256:${"0".repeat(64)}`)) },
  { what: "an image whose short name means an allowed one", object: pod(withImage("busybox:1.37")) },
  { what: "any image in an unlimited namespace", object: podIn("team-open", withImage("nginx")) },
  {
    what: "an image of another registry",
    object: pod(withImage("quay.io/backend/cart:1")),
    refused: `${otherImage} quay.io/backend/cart:1${allowedImages}`,
  },
  { what: "a short name", object: pod(withImage("nginx")), refused: `${otherImage} docker.io/library/nginx` },
  {
    what: "a registry whose name begins with the allowed one",
    object: pod(withImage("registry.example.com/backend-stolen/cart:1")),
    refused: otherImage,
  },
  {
    what: "the allowed host at another port",
    object: pod(withImage("registry.example.com:5000/backend/cart:1")),
    refused: otherImage,
  },
  {
    what: "a strange init container",
    object: pod({ initContainers: [{ name: "init", image: "quay.io/init:1" }] }),
    refused: `${otherImage} quay.io/init:1`,
  },
  {
    what: "a strange image as a volume",
    object: pod({ volumes: [{ name: "data", image: { reference: "quay.io/data:1" } }] }),
    refused: `${otherImage} quay.io/data:1`,
  },
  {
    what: "a strange image in a Deployment",
    object: template("apps/v1", "Deployment", withImage("quay.io/cart:1")),
    refused: `${otherImage} quay.io/cart:1`,
  },
  {
    what: "a strange image in a CronJob",
    object: {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "attempt", namespace: "team-backend" },
      spec: {
        schedule: "0 0 * * *",
        jobTemplate: {
          spec: { template: { spec: { ...withImage("quay.io/cart:1"), restartPolicy: "Never" } } },
        },
      },
    },
    refused: `${otherImage} quay.io/cart:1`,
  },
  { what: "an allowed priority class", object: pod({ priorityClassName: "tier-high" }) },
  {
    what: "another priority class",
    object: pod({ priorityClassName: "tier-critical" }),
    refused: "team-backend may not use the priority class tier-critical; allowed: tier-high, tier-medium",
  },
  {
    what: "another priority class in a Job",
    object: template("batch/v1", "Job", { priorityClassName: "tier-critical", restartPolicy: "Never" }),
    refused: "team-backend may not use the priority class tier-critical",
  },
  { what: "a Deployment that names no priority class", object: template("apps/v1", "Deployment", {}) },
  {
    what: "a priority of Kubernetes' own",
    object: podIn("team-open", { priorityClassName: "system-node-critical" }),
    refused: "exceeded quota: no-system-priority",
  },
  {
    what: "the other priority of Kubernetes' own",
    object: podIn("team-open", { priorityClassName: "system-cluster-critical" }),
    refused: "exceeded quota: no-system-priority",
  },
  {
    what: "a tier's priority in an unlimited namespace",
    object: podIn("team-open", { priorityClassName: "tier-critical" }),
  },
  { what: "an allowed runtime class", object: pod({ runtimeClassName: "gvisor" }) },
  {
    what: "another runtime class",
    object: pod({ runtimeClassName: "kata" }),
    refused: "team-backend may not use the runtime class kata; allowed: gvisor",
  },
  { what: "an allowed storage class", object: claim("gp3") },
  { what: "any storage class in an unlimited namespace", object: claim("io2", "team-open") },
  {
    what: "another storage class",
    object: claim("io2"),
    refused: "team-backend may not use the storage class io2; allowed: gp3",
  },
  {
    what: "a claim that names no storage class",
    object: claim(undefined),
    refused: "team-backend may not use the storage class (none is named); allowed: gp3",
  },
  {
    what: "another storage class in a StatefulSet",
    object: template(
      "apps/v1",
      "StatefulSet",
      {},
      {
        serviceName: "attempt",
        volumeClaimTemplates: [{ metadata: { name: "data" }, spec: claimSpec("io2") }],
      },
    ),
    refused: "team-backend may not use the storage class io2",
  },
  { what: "an allowed ingress class", object: ingress({ ingressClassName: "internal" }) },
  {
    what: "another ingress class",
    object: ingress({ ingressClassName: "public" }),
    refused: "team-backend may not use the ingress class public; allowed: internal",
  },
  {
    what: "another ingress class by annotation",
    object: ingress({}, { "kubernetes.io/ingress.class": "public" }),
    refused: "team-backend may not use the ingress class public",
  },
  {
    what: "an ingress that names no class",
    object: ingress({}),
    refused: "team-backend may not use the ingress class (none is named)",
  },
];
