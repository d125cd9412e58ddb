import type { JsonObject, JsonSchema } from "./json-schema.ts";

/** Who reads a format: Go's decoder for built-in kinds, the OpenAPI validation of the API server for custom resources. */
export type FormatReader = "built-in" | "custom-resource";

/** Base64 as Go decodes it: padded, line breaks anywhere (https://pkg.go.dev/encoding/base64#Encoding.DecodeString). */
const decodedBase64 =
  "^[\\r\\n]*(?:(?:[A-Za-z0-9+/][\\r\\n]*){4})*(?:(?:[A-Za-z0-9+/][\\r\\n]*){2}=[\\r\\n]*=[\\r\\n]*|(?:[A-Za-z0-9+/][\\r\\n]*){3}=[\\r\\n]*)?$";

/** Base64 as the validation of custom resources takes it: neither empty nor broken into lines. */
const validatedBase64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$";

const uuid = (third: string, fourth: string): string =>
  `(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?${third}-?${fourth}-?[0-9a-f]{12}$`;

// The nearest numbers of JavaScript lie just outside of the 64 bits; what is beyond them is refused.
const int64: JsonSchema = { minimum: -(2 ** 63), maximum: 2 ** 63 };

const shared: Readonly<Record<string, JsonSchema>> = {
  integer: int64,
  "integer:int64": int64,
  "integer:int32": { minimum: -2_147_483_648, maximum: 2_147_483_647 },
  "string:date-time": { format: "date-time" },
};

/**
 * What a format of OpenAPI means as JSON Schema. A format that is not here limits nothing: either the API server does not
 * check it, or its check (e-mail, host name, CIDR, MAC) is not one that kubeconform's library makes the same way.
 *
 * Source: k8s.io/apiextensions-apiserver pkg/apiserver/validation/formats.go, k8s.io/kube-openapi pkg/validation/strfmt.
 */
const meanings: Readonly<Record<FormatReader, Readonly<Record<string, JsonSchema>>>> = {
  "built-in": { ...shared, "string:byte": { pattern: decodedBase64 } },
  "custom-resource": {
    ...shared,
    "string:byte": { pattern: validatedBase64 },
    "string:date": { format: "date" },
    "string:datetime": { format: "date-time" },
    // kubeconform replaces its library's check by one that also takes Go's durations.
    "string:duration": { format: "duration" },
    "string:ipv4": { format: "ipv4" },
    "string:ipv6": { format: "ipv6" },
    // What url.ParseRequestURI needs at least: an absolute path or a scheme.
    "string:uri": { pattern: "^(/|[A-Za-z][-+.A-Za-z0-9]*:|\\*$)" },
    "string:uuid": { pattern: uuid("[0-9a-f]{4}", "[0-9a-f]{4}") },
    "string:uuid3": { pattern: uuid("3[0-9a-f]{3}", "[0-9a-f]{4}") },
    "string:uuid4": { pattern: uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}") },
    "string:uuid5": { pattern: uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}") },
    "string:k8s-short-name": { pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", maxLength: 63 },
    "string:k8s-long-name": {
      pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
      maxLength: 253,
    },
  },
};

/** The limits that `type` and `format` of a schema node set, as JSON Schema; empty when they set none. */
export function formatLimits(node: JsonObject, reader: FormatReader): JsonSchema {
  const { type, format } = node;
  const known = meanings[reader];
  if (node["x-kubernetes-int-or-string"] === true) return int64;
  if (typeof type !== "string") return {};
  return known[`${type}:${typeof format === "string" ? format : ""}`] ?? known[type] ?? {};
}

/** Both sets of limits together; where both set the same keyword, both hold. */
export function bothLimits(own: JsonSchema, added: JsonSchema): JsonSchema {
  const clash = Object.keys(added).some((keyword) => own[keyword] !== undefined);
  return clash ? { ...own, allOf: [added] } : { ...added, ...own };
}

/** A quantity as the API server reads it (https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity). */
export const quantityPattern =
  "^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?[0-9]+)?\\s*$";

/** What each of the patterns asks for, in words, for messages. */
export const formatPatternMeanings: Readonly<Record<string, string>> = {
  [quantityPattern]: "a quantity such as 500m, 1.5 or 2Gi",
  [decodedBase64]: "base64",
  [validatedBase64]: "base64, not empty and on one line",
};
