import { describe, expect, test } from "vitest";
import { toldOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";

const guard = "annotations: { argocd.argoproj.io/sync-options: 'Prune=confirm,Delete=confirm' }";

function namespace(extra = "{}"): string {
  return `{ apiVersion: v1, kind: Namespace, metadata: { name: legacy, ${extra === "{}" ? "" : extra} } }`;
}

function claim(storage: string, storageClass = "gp3"): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: orders, namespace: shop }
spec: { storageClassName: ${storageClass}, resources: { requests: { storage: ${storage} } } }`;
}

function application(finalizers: string): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: legacy, namespace: argocd${finalizers} }
spec:
  project: default
  source: { repoURL: 'https://git.example.com/legacy', path: deploy, targetRevision: main }
  destination: { server: 'https://kubernetes.default.svc', namespace: legacy }`;
}

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: orders.shop.example.com }
spec: { scope: Namespaced, names: { kind: Order } }`;

const secret =
  "{ apiVersion: v1, kind: Secret, metadata: { name: token, namespace: shop }, stringData: { token: hidden } }";
const folder =
  "{ apiVersion: grafana.integreatly.org/v1beta1, kind: GrafanaFolder, metadata: { name: shop, namespace: shop }, spec: { title: Shop, uid: shop } }";
const topic =
  "{ apiVersion: kafka.strimzi.io/v1beta2, kind: KafkaTopic, metadata: { name: orders, namespace: kafka }, spec: {} }";

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  ["a namespace goes", [namespace()], [], ["data-lost: Namespace legacy is gone, and with it everything in it"]],
  [
    "a guarded namespace goes",
    [namespace(guard)],
    [],
    ["guarded-data-lost: Namespace legacy is gone, and with it everything in it; Argo CD asks first"],
  ],
  [
    "the guard of a namespace goes",
    [namespace(guard)],
    [namespace()],
    ["removal-guard-removed: Namespace legacy can be pruned without a question"],
  ],
  [
    "a definition of a kind goes",
    [definition],
    [],
    ["data-lost: CustomResourceDefinition orders.shop.example.com is gone, and with it every object of its kind"],
  ],
  [
    "a volume goes",
    [claim("10Gi")],
    [],
    [
      "data-lost: PersistentVolumeClaim orders in shop is gone, and with it its volume, where the storage class deletes",
      "reservation-shrunk: the platform's pods reserve 10 GiB of storage less",
    ],
  ],
  [
    "a volume shrinks",
    [claim("10Gi")],
    [claim("5Gi")],
    [
      "reservation-shrunk: the platform's pods reserve 5 GiB of storage less",
      "volume-shrunk: PersistentVolumeClaim orders in shop asks for 5Gi, not for 10Gi",
    ],
  ],
  [
    "a volume of another class",
    [claim("10Gi")],
    [claim("10Gi", "io2")],
    [
      "immutable-field-changed: PersistentVolumeClaim orders in shop must be deleted and made again: spec.storageClassName cannot change",
    ],
  ],
  [
    "a secret goes, and its value is not said",
    [secret],
    [],
    ["secret-lost: Secret token in shop is gone, and what reads it fails"],
  ],
  ["messages go", [topic], [], ["data-lost: KafkaTopic orders in kafka is gone, and with it its messages"]],
  [
    "a folder goes",
    [folder],
    [],
    ["contents-lost: GrafanaFolder shop in shop is gone, and with it the dashboards and alerts in it"],
  ],
  [
    "an application goes, and what it delivers with it",
    [application(", finalizers: [resources-finalizer.argocd.argoproj.io]")],
    [],
    [
      "application-removed: application legacy delivers no more",
      "data-lost: Application legacy in argocd is gone, and with it everything that it delivers",
    ],
  ],
  [
    "an application goes, and what it delivers stays",
    [application("")],
    [],
    ["application-removed: application legacy delivers no more"],
  ],
];

describe("Consequences for data", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });
});
