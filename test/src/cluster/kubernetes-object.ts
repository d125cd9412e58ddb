import { isRecord } from "@plinth/core";
/** A Kubernetes object as plain data. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMetadata;
  [field: string]: unknown;
}

/** The part of the metadata by which objects are found; the rest is kept as it is. */
export interface ObjectMetadata {
  name: string;
  namespace?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  [field: string]: unknown;
}

/** Names one object. */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  /** Left out for cluster-wide kinds. @default "default" for namespaced kinds */
  namespace?: string;
}

/** Names the objects of one kind. */
export interface KindReference {
  apiVersion: string;
  kind: string;
  /** Left out: in every namespace. */
  namespace?: string;
  /** As the API takes it: `app=cart,tier!=low`. */
  labelSelector?: string;
}

/** True when the value has what every Kubernetes object has. */
export function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || typeof value.apiVersion !== "string" || typeof value.kind !== "string") return false;
  return isRecord(value.metadata) && typeof value.metadata.name === "string";
}

/** An object as a person names it: `apps/v1/Deployment team-data/accounting`. */
export function describeObject({
  apiVersion,
  kind,
  metadata,
}: Pick<KubernetesObject, "apiVersion" | "kind"> & { metadata: ObjectMetadata }): string {
  const { namespace, name } = metadata;
  return `${apiVersion}/${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
