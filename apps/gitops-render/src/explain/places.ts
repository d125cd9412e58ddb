import { identityOf, type Resource, type SourceLocation } from "@plinth/core";
import { describeSource, type Explained, type ExplainedObject, type Place } from "./explanation.ts";

/** Where an object is made: its file, its component, and the definition in the model that it follows from. */
export function placeOf(explained: Explained, resource: Resource): Place | undefined {
  const identity = identityOf(resource);
  const object = explained.objects.find((candidate) => identityOf(candidate.resource) === identity);
  return object === undefined ? undefined : placeOfObject(explained, object);
}

/** The same of an object whose file is known. */
export function placeOfObject({ platform, environment }: Omit<Explained, "objects">, object: ExplainedObject): Place {
  const { component, service, team } = object.entry;
  const definition: { readonly source?: SourceLocation } | undefined =
    service !== undefined
      ? platform.services.find(({ name }) => name === service)
      : team !== undefined
        ? platform.teams.find(({ name }) => name === team)
        : object.entry.environment !== undefined
          ? environment
          : platform;
  const source = definition?.source;
  return {
    file: object.path,
    component,
    ...(source === undefined ? {} : { source: describeSource(source) }),
  };
}
