import type { Finding } from "../finding.ts";

/** One Kubernetes object as plain data, in the order in which it is written. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ResourceMetadata;
  readonly [field: string]: unknown;
}

export interface ResourceMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The API group: `""` for the core group, `apps` for `apps/v1`. */
export function groupOf(resource: Pick<Resource, "apiVersion">): string {
  const slash = resource.apiVersion.indexOf("/");
  return slash === -1 ? "" : resource.apiVersion.slice(0, slash);
}

/** What makes two resources one object in a cluster: group, kind, namespace and name. The version does not. */
export function identityOf(resource: Resource): string {
  return [groupOf(resource), resource.kind, resource.metadata.namespace ?? "", resource.metadata.name].join("\u0000");
}

/** `apps/v1/Deployment team-data/accounting`: how a finding names a resource. */
export function describeResource(resource: Pick<Resource, "apiVersion" | "kind" | "metadata">): string {
  const { name, namespace } = resource.metadata;
  return `${resource.apiVersion}/${resource.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

const problemsOf = new WeakMap<Resource, readonly Finding[]>();

/** Findings about a resource that were made when it was built: `plan` collects them, so that none hides another. */
export function resourceFindings(resource: Resource): readonly Finding[] {
  return problemsOf.get(resource) ?? [];
}

/** Keeps findings with the resource that they are about. */
export function attachFindings(resource: Resource, findings: readonly Finding[]): Resource {
  if (findings.length > 0) problemsOf.set(resource, [...resourceFindings(resource), ...findings]);
  return resource;
}
