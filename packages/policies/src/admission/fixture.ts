import type { Resource } from "@plinth/core";
import { type ObjectFixture, placedObject } from "./object-fixture.ts";
import { objectKinds } from "./object-kinds.ts";
import { type PodFixture, podResource } from "./pod-fixture.ts";

/** What a policy is tried on: a pod, or an object of another kind. */
export type Fixture = PodFixture | ObjectFixture;

const clusterKinds: ReadonlySet<string> = new Set(
  objectKinds.flatMap(({ kind, scope }) => (scope === "Cluster" ? [kind] : [])),
);

/** The fixture as an object in a place. What lives in no namespace has only the name of it; a Namespace is the namespace. */
export function placedFixture(
  fixture: Fixture,
  place: { readonly name: string; readonly namespace: string },
): Resource {
  if (fixture.kind === "pod") return podResource(fixture, place);
  const { kind } = fixture.resource;
  if (kind === "Namespace") return placedNamespace(fixture, place.namespace);
  return placedObject(fixture, clusterKinds.has(kind) ? { name: place.name } : place);
}

/** A Namespace with the label that the API server gives each, before anybody is asked. */
function placedNamespace(fixture: ObjectFixture, name: string): Resource {
  const labels = { ...fixture.resource.metadata.labels, "kubernetes.io/metadata.name": name };
  const resource = { ...fixture.resource, metadata: { ...fixture.resource.metadata, labels } };
  return placedObject({ kind: "object", resource }, { name });
}
