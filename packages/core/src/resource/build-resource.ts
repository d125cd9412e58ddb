import type { Finding } from "../finding.ts";
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue } from "../names/names.ts";
import { materialiseDefaults } from "./defaults.ts";
import { attachFindings, describeResource, type Resource, type ResourceMetadata } from "./resource.ts";

/** A class of `@kubernetes-models/*`, or of the same shape: made from plain data, validated by its own schema. */
export interface ResourceModel<Data> {
  new (data?: Data): { validate(): void; toJSON(): unknown };
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a caller gives for a resource of a model: everything but `apiVersion` and `kind`, which the model knows. */
export type ResourceBody<Data> = Omit<Data, "apiVersion" | "kind" | "metadata"> & { metadata: ResourceMetadata };

/**
 * Builds a resource from a typed model: validated by the model's schema and by the API server's rules for names and labels,
 * with those defaults written out that the API server or an admission webhook would fill in.
 *
 * What is wrong travels with the resource (`resourceFindings`) and is reported by `plan`.
 *
 * @example
 * import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
 * buildResource(ServiceAccount, { metadata: { name: "checkout", namespace: "team-backend" }, automountServiceAccountToken: false });
 */
export function buildResource<Data extends object>(model: ResourceModel<Data>, body: ResourceBody<Data>): Resource {
  const { metadata, ...rest } = body;
  const plain = { apiVersion: model.apiVersion, kind: model.kind, metadata: orderedMetadata(metadata), ...rest };
  const resource: Resource = materialiseDefaults(dropUndefined(plain));
  return attachFindings(resource, [...modelFindings(model, resource), ...metadataFindings(resource)]);
}

/** A resource of a kind that has no model: its names and labels are checked here, its fields by the judges. */
export function buildUntypedResource(resource: Resource): Resource {
  const { apiVersion, kind, metadata, ...rest } = resource;
  const ordered: Resource = materialiseDefaults(
    dropUndefined({ apiVersion, kind, metadata: orderedMetadata(metadata), ...rest }),
  );
  return attachFindings(ordered, metadataFindings(ordered));
}

function orderedMetadata({ name, namespace, labels, annotations, ...rest }: ResourceMetadata): ResourceMetadata {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...rest,
  };
}

/** A copy without members that are `undefined`; `null` stays, it means something to a collector. */
function dropUndefined<Value>(value: Value): Value;
function dropUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member: unknown) => dropUndefined(member));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      member === undefined ? [] : [[key, dropUndefined(member)]],
    ),
  );
}

interface SchemaError {
  readonly instancePath?: string;
  readonly message?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function isSchemaErrors(value: unknown): value is readonly SchemaError[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);
}

function modelFindings<Data extends object>(model: ResourceModel<Data>, resource: Resource): Finding[] {
  try {
    Reflect.construct(model, [resource]).validate();
    return [];
  } catch (error) {
    const errors: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "errors") : undefined;
    const about = {
      code: "invalid-resource" as const,
      severity: "error" as const,
      resource: describeResource(resource),
    };
    if (!isSchemaErrors(errors)) return [{ ...about, message: error instanceof Error ? error.message : String(error) }];
    return errors.map((schemaError): Finding => {
      const allowed = schemaError.params?.["allowedValues"];
      return {
        ...about,
        path: (schemaError.instancePath ?? "").replace(/^\//, "").replaceAll("/", "."),
        message: schemaError.message ?? "is refused by the schema of its kind",
        ...(Array.isArray(allowed) ? { expected: `one of ${allowed.join(", ")}` } : {}),
      };
    });
  }
}

// Kinds whose names the API server checks as path segments only: k8s.io/kubernetes pkg/apis/rbac/validation.
const pathSegmentNames: ReadonlySet<string> = new Set(["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]);
// Kinds whose names are labels: namespaces and what becomes a DNS name.
const labelNames: ReadonlySet<string> = new Set(["Namespace", "Service"]);

function nameProblem({ kind, metadata: { name } }: Resource): string | undefined {
  if (typeof name !== "string" || name === "") return "a name that is not empty";
  if (pathSegmentNames.has(kind))
    return name === "." || name === ".." || /[/%]/.test(name) ? "a name without '/' and '%'" : undefined;
  if (labelNames.has(kind)) return isDnsLabel(name) ? undefined : "a DNS label of at most 63 characters";
  return isDnsSubdomain(name) ? undefined : "a DNS subdomain of at most 253 characters";
}

const MAX_ANNOTATION_BYTES = 256 * 1024;

/** What the API server would say of a resource's names, labels and annotations. */
export function metadataFindings(resource: Resource): Finding[] {
  const about = { code: "invalid-resource" as const, severity: "error" as const, resource: describeResource(resource) };
  const findings: Finding[] = [];
  const { name, namespace, labels = {}, annotations = {} } = resource.metadata;
  const expectedName = nameProblem(resource);
  if (expectedName !== undefined)
    findings.push({ ...about, path: "metadata.name", message: `is ${JSON.stringify(name)}`, expected: expectedName });
  if (namespace !== undefined && !isDnsLabel(namespace)) {
    findings.push({
      ...about,
      path: "metadata.namespace",
      message: `is ${JSON.stringify(namespace)}`,
      expected: "a DNS label of at most 63 characters",
    });
  }
  for (const [key, value] of Object.entries(labels)) {
    if (!isLabelKey(key))
      findings.push({
        ...about,
        path: "metadata.labels",
        message: `${JSON.stringify(key)} is not a label key`,
        expected: "an optional DNS subdomain and '/', then at most 63 letters, digits, '-', '_', '.'",
      });
    if (!isLabelValue(value))
      findings.push({
        ...about,
        path: `metadata.labels.${key}`,
        message: `is ${JSON.stringify(value)}`,
        expected: "at most 63 letters, digits, '-', '_', '.', beginning and ending with a letter or digit",
      });
  }
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (!isLabelKey(key))
      findings.push({
        ...about,
        path: "metadata.annotations",
        message: `${JSON.stringify(key)} is not an annotation key`,
        expected: "an optional DNS subdomain and '/', then at most 63 letters, digits, '-', '_', '.'",
      });
  }
  if (bytes > MAX_ANNOTATION_BYTES)
    findings.push({
      ...about,
      path: "metadata.annotations",
      message: `hold ${bytes} bytes`,
      expected: `at most ${MAX_ANNOTATION_BYTES} bytes`,
    });
  return findings;
}
