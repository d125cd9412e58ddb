import { type Finding, groupOf, isRecord, isResource, type Resource, readYamlDocuments } from "@plinth/core";
import { notCompared } from "./tree-files.ts";

/** What the text of one file holds. */
export interface FileObjects {
  readonly resources: readonly Resource[];
  /** True where it also holds something that is no object, such as a file of values. */
  readonly others: boolean;
  /** True for a file that could not be read as text. */
  readonly unread?: true;
  readonly finding?: Finding;
}

/** `<group>/<kind>/<namespace>/<name>`: what makes two objects one in a cluster. None of the four holds a slash. */
export function objectIdentity(resource: Resource): string {
  const { name, namespace = "" } = resource.metadata;
  return `${groupOf(resource)}/${resource.kind}/${namespace}/${name}`;
}

// The definitions of custom resources are deepest: 27 levels in those of the OpenTelemetry and the Prometheus operator. Four times that leaves room, and a stack.
const maxDepth = 108;

/** The objects in the text of a file: one or more documents, or a `List` of objects. */
export function readObjects(path: string, text: string): FileObjects {
  const read = readYamlDocuments(text, maxDepth);
  if (read.problem !== undefined) {
    const { reason, line } = read.problem;
    return {
      resources: [],
      others: false,
      ...notCompared(path, `is not YAML that Kubernetes reads: ${reason}`, "YAML without aliases", line),
    };
  }
  const resources: Resource[] = [];
  let others = false;
  for (const document of read.documents.flatMap(listItems)) {
    if (isResource(document)) resources.push(document);
    else if (isRecord(document) && typeof document["kind"] === "string")
      return {
        resources: [],
        others,
        ...notCompared(
          path,
          `holds a ${document["kind"]} without apiVersion or metadata.name`,
          "objects that have a name",
        ),
      };
    else others = true;
  }
  return { resources, others };
}

/** `kubectl get -o yaml` writes several objects as one `List`. */
function listItems(document: unknown): readonly unknown[] {
  if (!isRecord(document) || typeof document["kind"] !== "string" || !document["kind"].endsWith("List"))
    return [document];
  const { items } = document;
  return Array.isArray(items) ? items : [document];
}
