import type { Resource } from "@plinth/core";

/** Somebody who tries. */
export type Actor =
  /** Bound to cluster-admin, and in no group of the platform's. */
  | "cluster-admin"
  /** In the platform's admins' group, with the permissions that are rendered for it. */
  | "platform-admin"
  /** In the group of a break-glass that holds in the whole cluster. */
  | "break-glass"
  /** Argo CD's controller as its chart installs it: it may everything. */
  | "delivery"
  /** Kyverno's admission controller. */
  | "kyverno"
  /** The controller that empties namespaces that are deleted. */
  | "namespace-controller"
  /** A member of `system:masters`. */
  | "last-resort";

/** A request as it is sent: what a person types to kubectl becomes one of these. */
export interface AttemptRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with its query. Whatever could be stored is a dry run: admission is asked, nothing is stored. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Something that is tried at a guard rail. */
export interface Attempt {
  /** `binds a group to cluster-admin` */
  readonly what: string;
  readonly by: Actor;
  readonly request: AttemptRequest;
  /** The clauses of the refusal; let through where they are left out. */
  readonly offenders?: readonly [string, ...string[]];
}

/** An object by its place in the API. */
export interface AttemptPlace {
  readonly apiVersion: string;
  /** `networkpolicies`, `namespaces` */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
}

/** A request that makes an object. */
export function creates(place: Omit<AttemptPlace, "name">, object: Resource): AttemptRequest {
  return { method: "POST", path: `${pathOf(place)}?dryRun=All`, body: object };
}

/** A request that changes some fields of an object. */
export function changes(place: AttemptPlace, fields: Readonly<Record<string, unknown>>): AttemptRequest {
  return {
    method: "PATCH",
    path: `${pathOf(place)}?dryRun=All`,
    body: fields,
    contentType: "application/merge-patch+json",
  };
}

/** A request that deletes an object, or the whole collection where no name is said. */
export function deletes(place: AttemptPlace): AttemptRequest {
  return { method: "DELETE", path: `${pathOf(place)}?dryRun=All` };
}

/** A request that opens a stream to a pod: `exec?command=sh`. It has no dry run. */
export function connects(namespace: string, name: string, subresource: string): AttemptRequest {
  return { method: "POST", path: pathOf({ apiVersion: "v1", resource: "pods", namespace, name, subresource }) };
}

function pathOf({ apiVersion, resource, namespace, name, subresource }: AttemptPlace): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespace === undefined ? "" : `/namespaces/${namespace}`;
  const object = name === undefined ? "" : `/${name}`;
  return `${root}${scope}/${resource}${object}${subresource === undefined ? "" : `/${subresource}`}`;
}
