import { buildResource, buildUntypedResource, type Resource, type ResourceModel } from "@plinth/core";
import type { OwnerReferenceFixture } from "./pod-fixture.ts";

/** An object of another kind than Pod, without a place: what a policy is tried on. */
export interface ObjectFixture {
  readonly kind: "object";
  /** The object, named `example` where the fixture does not name it. */
  readonly resource: Resource;
}

/** What a fixture says of the metadata of an object; the name only where a policy reads it. */
export interface MetadataFixture {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReferenceFixture[];
}

const placeholder = "example";

/**
 * An object of a modelled kind to try policies on: checked against the schema of its kind.
 *
 * @example
 * import { Service } from "kubernetes-models/v1/Service";
 * object(Service, { spec: { type: "NodePort", ports: [{ port: 80 }] } });
 */
export function object<Data extends object>(
  model: ResourceModel<Data>,
  body: Omit<Data, "apiVersion" | "kind" | "metadata">,
  metadata: MetadataFixture = {},
): ObjectFixture {
  return { kind: "object", resource: buildResource(model, { ...body, metadata: { name: placeholder, ...metadata } }) };
}

/**
 * An object of a kind without a model.
 *
 * @example
 * untypedObject({ apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", spec: { hostnames: ["shop.example.com"] } });
 */
export function untypedObject(
  body: { readonly apiVersion: string; readonly kind: string; readonly [field: string]: unknown },
  metadata: MetadataFixture = {},
): ObjectFixture {
  return { kind: "object", resource: buildUntypedResource({ ...body, metadata: { name: placeholder, ...metadata } }) };
}

/** True when the fixture has a name of its own, which it keeps wherever it is put. */
export function hasOwnName({ resource }: ObjectFixture): boolean {
  return resource.metadata.name !== placeholder;
}

/** The fixture in its place. */
export function placedObject(
  fixture: ObjectFixture,
  place: { readonly name: string; readonly namespace?: string },
): Resource {
  const { apiVersion, kind, metadata, ...rest } = fixture.resource;
  return buildUntypedResource({
    apiVersion,
    kind,
    metadata: { ...metadata, ...place, name: hasOwnName(fixture) ? metadata.name : place.name },
    ...rest,
  });
}
