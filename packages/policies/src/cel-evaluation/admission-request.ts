import { groupOf, type Resource } from "@plinth/core";
import { objectKinds } from "../admission/object-kinds.ts";
import { controllerKinds } from "../admission/pod-fixture.ts";

/** What the API server knows of a request beside the object. What is left out is as in a plain `kubectl apply` of a new object. */
export interface AdmissionRequest {
  /** What is done. Of a `DELETE` the object that is given is the one that goes. @default `CREATE` */
  readonly operation?: "CREATE" | "UPDATE" | "DELETE";
  /** The object as it was before an `UPDATE`. @default the object itself: nothing changes */
  readonly oldObject?: Resource;
  /** The namespace that the object goes to. @default the object's own, or `default` */
  readonly namespace?: string;
  /** Labels of the namespace; the label `kubernetes.io/metadata.name` is always there. @default none */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** Who asks. @default nobody in particular: `{ username: "", groups: [] }` */
  readonly userInfo?: { readonly username: string; readonly groups: readonly string[] };
}

/** A request with everything in it that is asked for. */
export interface ReviewedRequest {
  readonly object: Resource | null;
  readonly oldObject: Resource | null;
  /** What is matched: the new object, or the one that goes. */
  readonly subject: Resource;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly group: string;
  readonly version: string;
  /** Its plural: `deployments`. */
  readonly resource: string;
  /** `undefined` for what lives in no namespace. */
  readonly namespace: string | undefined;
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly userInfo: { readonly username: string; readonly groups: readonly string[] };
}

const plurals: ReadonlyMap<string, string> = new Map([
  ...Object.entries(controllerKinds).map(([plural, { kind }]) => [kind, plural] as const),
  ...objectKinds.map(({ kind, resource }) => [kind, resource] as const),
]);

const clusterKinds: ReadonlySet<string> = new Set(
  objectKinds.flatMap(({ kind, scope }) => (scope === "Cluster" ? [kind] : [])),
);

/** The plural that the API has for a kind: of one that is not in the table, as English makes it and the API mostly does. */
function pluralOf(kind: string): string {
  const known = plurals.get(kind);
  if (known !== undefined) return known;
  const word = kind.toLowerCase();
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** What the API server would ask about an object. */
export function reviewedRequest(object: Resource, request: AdmissionRequest): ReviewedRequest {
  const { operation = "CREATE", userInfo = { username: "", groups: [] } } = request;
  const namespace = namespaceOf(object, request);
  return {
    object: operation === "DELETE" ? null : object,
    oldObject: { CREATE: null, UPDATE: request.oldObject ?? object, DELETE: object }[operation],
    subject: object,
    operation,
    group: groupOf(object),
    version: object.apiVersion.slice(object.apiVersion.indexOf("/") + 1),
    resource: pluralOf(object.kind),
    namespace,
    namespaceLabels: {
      ...(object.kind === "Namespace" ? object.metadata.labels : request.namespaceLabels),
      ...(namespace === undefined ? {} : { "kubernetes.io/metadata.name": namespace }),
    },
    userInfo,
  };
}

/** A Namespace is in itself: the API server lets a selector of namespaces read its labels. */
function namespaceOf(object: Resource, request: AdmissionRequest): string | undefined {
  if (object.kind === "Namespace") return object.metadata.name;
  if (clusterKinds.has(object.kind)) return undefined;
  return request.namespace ?? object.metadata.namespace ?? "default";
}
