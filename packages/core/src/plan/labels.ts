import type { Resource } from "../resource/resource.ts";
import { compareTexts } from "../text-order.ts";
import type { Place } from "./place.ts";
import { pruneAnnotations } from "./prune-safety.ts";

/** Keys of the labels and annotations that every rendered resource carries. */
export const labelKeys = {
  name: "app.kubernetes.io/name",
  partOf: "app.kubernetes.io/part-of",
  managedBy: "app.kubernetes.io/managed-by",
  component: "plinth.dev/component",
  environment: "plinth.dev/environment",
  team: "plinth.dev/team",
  service: "plinth.dev/service",
  tier: "plinth.dev/tier",
} as const;

export const annotationKeys = { source: "plinth.dev/source" } as const;

/** The labels of a place: what it belongs to, who owns it, how much depends on it, what made it. */
export function standardLabels(place: Place): Record<string, string> {
  const { environment, team, service } = place;
  return {
    [labelKeys.name]: service?.name ?? place.component.name,
    [labelKeys.partOf]: place.platform.name,
    [labelKeys.managedBy]: "plinth",
    [labelKeys.component]: place.component.name,
    ...(environment === undefined ? {} : { [labelKeys.environment]: environment.name }),
    ...(team === undefined ? {} : { [labelKeys.team]: team.name }),
    ...(service === undefined ? {} : { [labelKeys.service]: service.name, [labelKeys.tier]: service.tier }),
  };
}

/**
 * The resource with the labels and the source of its place, and what keeps it from being removed unseen. A component's own `app.kubernetes.io/name` stays;
 * the rest is Plinth's to say.
 */
export function stampResource(resource: Resource, place: Place): Resource {
  const { apiVersion, kind, metadata, ...rest } = resource;
  const { name, namespace, labels = {}, annotations: own = {}, ...others } = metadata;
  const annotations = { ...pruneAnnotations(resource, place), ...own };
  const source = sourceFile(place);
  const stamped = { ...standardLabels(place), ...pick(labels, labelKeys.name) };
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: sorted({ ...labels, ...stamped }),
      ...(source === undefined && Object.keys(annotations).length === 0
        ? {}
        : {
            annotations: sorted({
              ...annotations,
              ...(source === undefined ? {} : { [annotationKeys.source]: source }),
            }),
          }),
      ...others,
    },
    ...rest,
  };
}

/** The file that a person edits to change what is at this place: the nearest definition's. */
export function sourceFile({ service, team, environment, platform }: Place): string | undefined {
  return (service ?? team ?? environment ?? platform).source?.file;
}

function pick(labels: Readonly<Record<string, string>>, key: string): Record<string, string> {
  const value = labels[key];
  return value === undefined ? {} : { [key]: value };
}

function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => compareTexts(a, b)));
}
