import { bothLimits, formatLimits } from "./formats.ts";
import type { JsonSchema } from "./json-schema.ts";
import { annotationKeyPattern, labelKeyPattern, labelValuePattern, type NameRule, nameLimits } from "./names.ts";

/** Where metadata stands decides what the API server asks of it. */
export interface MetadataPlace {
  /** The rule for `name`; without it any string goes, as in the metadata of a pod template. */
  readonly nameRule?: NameRule;
  /** True for an object of its own: it needs `name` or `generateName`. */
  readonly named?: boolean;
  /** True where `namespace` must be the name of a namespace. */
  readonly namespaced?: boolean;
  /** True where the API server checks the keys and values of labels and the keys of annotations. */
  readonly labelsChecked?: boolean;
}

const text: JsonSchema = { type: "string" };
const optionalText: JsonSchema = { type: ["string", "null"] };
const optionalTime: JsonSchema = {
  type: ["string", "null"],
  ...formatLimits({ type: "string", format: "date-time" }, "built-in"),
};
const optionalInt64: JsonSchema = {
  type: ["integer", "null"],
  ...formatLimits({ type: "integer", format: "int64" }, "built-in"),
};
const optionalBoolean: JsonSchema = { type: ["boolean", "null"] };

const ownerReference: JsonSchema = {
  type: "object",
  properties: {
    apiVersion: text,
    kind: text,
    name: text,
    uid: text,
    controller: optionalBoolean,
    blockOwnerDeletion: optionalBoolean,
  },
  required: ["apiVersion", "kind", "name", "uid"],
  additionalProperties: false,
};

const managedFieldsEntry: JsonSchema = {
  type: "object",
  properties: {
    apiVersion: optionalText,
    fieldsType: optionalText,
    fieldsV1: { type: ["object", "null"] },
    manager: optionalText,
    operation: optionalText,
    subresource: optionalText,
    time: optionalTime,
  },
  additionalProperties: false,
};

/** The fields of ObjectMeta (k8s.io/apimachinery pkg/apis/meta/v1/types.go), but for those that depend on the place. */
const fixedFields: Readonly<Record<string, JsonSchema>> = {
  creationTimestamp: optionalTime,
  deletionGracePeriodSeconds: optionalInt64,
  deletionTimestamp: optionalTime,
  generateName: optionalText,
  generation: optionalInt64,
  managedFields: { type: ["array", "null"], items: managedFieldsEntry },
  ownerReferences: { type: ["array", "null"], items: ownerReference },
  resourceVersion: optionalText,
  selfLink: optionalText,
  uid: optionalText,
};

/** The names of ObjectMeta's fields. */
export const objectMetaFields: readonly string[] = [
  ...Object.keys(fixedFields),
  "annotations",
  "finalizers",
  "labels",
  "name",
  "namespace",
].sort();

/**
 * A closed schema for ObjectMeta. CRDs say no more than `type: object`; the API server reads it strictly all the same.
 *
 * Labels and annotations with a bad key fall through to `additionalProperties: false`: draft 4 has no keyword for keys.
 */
export function objectMetaSchema(place: MetadataPlace): JsonSchema {
  const { nameRule, named = false, namespaced = false, labelsChecked = false } = place;
  const maps = labelsChecked
    ? {
        labels: keyed(labelKeyPattern, { type: "string", pattern: labelValuePattern }),
        annotations: keyed(annotationKeyPattern, text),
        finalizers: list({ ...text, pattern: labelKeyPattern }),
      }
    : { labels: map(text), annotations: map(text), finalizers: list(text) };
  const schema: JsonSchema = {
    type: named ? "object" : ["object", "null"],
    properties: {
      ...fixedFields,
      ...maps,
      name: nameRule === undefined ? optionalText : { ...optionalText, ...nameLimits[nameRule] },
      namespace: namespaced ? bothLimits(optionalText, nameLimits["dns-label"]) : optionalText,
    },
    additionalProperties: false,
  };
  if (!named) return schema;
  const has = (field: string): JsonSchema => ({
    required: [field],
    properties: { [field]: { not: { type: "null" } } },
  });
  return { ...schema, anyOf: [has("name"), has("generateName")] };
}

function keyed(pattern: string, value: JsonSchema): JsonSchema {
  return { type: ["object", "null"], patternProperties: { [pattern]: value }, additionalProperties: false };
}

function map(value: JsonSchema): JsonSchema {
  return { type: ["object", "null"], additionalProperties: value };
}

function list(item: JsonSchema): JsonSchema {
  return { type: ["array", "null"], items: item };
}
