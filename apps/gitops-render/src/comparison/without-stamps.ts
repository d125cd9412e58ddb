import { annotationKeys, isRecord, labelKeys, type Resource } from "@plinth/core";

// What Plinth writes on everything says whose an object is, not what it does.
const stampedLabels: ReadonlySet<string> = new Set(Object.values(labelKeys));
const stampedAnnotations: ReadonlySet<string> = new Set(Object.values(annotationKeys));

/** The object without the labels and annotations that Plinth stamps on everything. A namespace keeps its labels: selectors of policies choose namespaces by them. */
export function withoutStamps(resource: Resource): Resource {
  const { labels = {}, annotations = {}, ...metadata } = resource.metadata;
  const ownLabels = without(labels, resource.kind === "Namespace" ? new Set() : stampedLabels);
  const ownAnnotations = without(annotations, stampedAnnotations);
  return {
    ...resource,
    metadata: {
      ...metadata,
      ...(ownLabels === undefined ? {} : { labels: ownLabels }),
      ...(ownAnnotations === undefined ? {} : { annotations: ownAnnotations }),
    },
  };
}

/** Nothing where nothing else was there: no labels are the same as an empty map of them. */
function without(
  texts: Readonly<Record<string, string>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, string>> | undefined {
  if (!isRecord(texts)) return texts;
  const others = Object.entries(texts).filter(([key]) => !keys.has(key));
  return others.length === 0 ? undefined : Object.fromEntries(others);
}
