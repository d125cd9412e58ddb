import { formatLimits, quantityPattern } from "./formats.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A definition whose Go type reads its JSON by itself, so that the OpenAPI document says too little or too much. */
export interface SpecialDefinition {
  /** The types that it takes; none for any value. */
  readonly types: readonly string[];
  /** True when nothing of the document's own definition is kept. */
  readonly replaces: boolean;
  /** The definition whose fields hold where the value is an object. */
  readonly like?: string;
  /** `itself`: where the value is a list, each item is of the definition `like`. */
  readonly items?: "itself";
  readonly schema: JsonSchema;
}

const jsonSchemaProps = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";
const apiextensions = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";
const machinery = "io.k8s.apimachinery.pkg";

const anyObject: SpecialDefinition = { types: ["object"], replaces: true, schema: {} };

/** By definition name. Sources: UnmarshalJSON of each type in k8s.io/apimachinery and k8s.io/apiextensions-apiserver. */
export const specialDefinitions: Readonly<Record<string, SpecialDefinition>> = {
  [`${machinery}.api.resource.Quantity`]: {
    types: ["string", "number"],
    replaces: true,
    schema: { pattern: quantityPattern },
  },
  [`${machinery}.util.intstr.IntOrString`]: {
    types: ["integer", "string"],
    replaces: true,
    schema: formatLimits({ type: "integer", format: "int32" }, "built-in"),
  },
  [`${machinery}.runtime.RawExtension`]: anyObject,
  [`${machinery}.apis.meta.v1.FieldsV1`]: anyObject,
  [`${machinery}.apis.meta.v1.Patch`]: anyObject,
  [`${apiextensions}.JSON`]: { types: [], replaces: true, schema: {} },
  [`${apiextensions}.JSONSchemaPropsOrBool`]: {
    types: ["object", "boolean"],
    replaces: false,
    like: jsonSchemaProps,
    schema: {},
  },
  [`${apiextensions}.JSONSchemaPropsOrArray`]: {
    types: ["object", "array"],
    replaces: false,
    like: jsonSchemaProps,
    items: "itself",
    schema: {},
  },
  [`${apiextensions}.JSONSchemaPropsOrStringArray`]: {
    types: ["object", "array"],
    replaces: false,
    like: jsonSchemaProps,
    schema: { items: { type: "string" } },
  },
};
