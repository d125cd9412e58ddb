/** A field of a structural schema with values that an API server takes and values that it refuses. */
export interface StructuralCase {
  readonly name: string;
  readonly schema: object;
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}

const text = { type: "string" };

/** Each verdict was measured on a kube-apiserver 1.36 with strict field validation, but for those marked `stricter`. */
export const structuralCases: readonly StructuralCase[] = [
  { name: "text", schema: text, valid: ["", "x", null], invalid: [1, true, {}, []] },
  { name: "int32", schema: { type: "integer", format: "int32" }, valid: [5, -1], invalid: [3e9, 1.5, "5"] },
  {
    name: "int64",
    schema: { type: "integer", format: "int64", minimum: 3 },
    valid: [3, 3e9, 2 ** 53],
    invalid: [1, 1e19],
  },
  { name: "exclusive", schema: { type: "number", minimum: 1, exclusiveMinimum: true }, valid: [1.5], invalid: [1] },
  {
    name: "intOrString",
    schema: {
      "x-kubernetes-int-or-string": true,
      anyOf: [{ type: "integer" }, { type: "string" }],
      pattern: "^[0-9]+%?$",
    },
    valid: [5, "5", "5%", null],
    invalid: ["x", 1.5, true, [], 1e19],
  },
  {
    name: "limitedIntOrString",
    schema: {
      "x-kubernetes-int-or-string": true,
      allOf: [{ anyOf: [{ type: "integer" }, { type: "string" }] }, { maximum: 10 }],
    },
    valid: [10, "x"],
    invalid: [11],
  },
  { name: "enumeration", schema: { ...text, enum: ["a", "b"] }, valid: ["a", null], invalid: ["c", 1] },
  {
    name: "nullableEnumeration",
    schema: { ...text, enum: ["a", "b"], nullable: true },
    valid: ["a"],
    invalid: ["c", null],
  },
  {
    name: "dateTime",
    schema: { ...text, format: "date-time" },
    valid: ["2020-01-01T00:00:00Z"],
    invalid: ["2020-01-01", "2020-01-01T00:00:00"],
  },
  { name: "byte", schema: { ...text, format: "byte" }, valid: ["YWJj"], invalid: ["", "YWJ", "YWJj\n"] },
  { name: "duration", schema: { ...text, format: "duration" }, valid: ["5m", "5 minutes"], invalid: ["foo"] },
  { name: "ipv4", schema: { ...text, format: "ipv4" }, valid: ["1.2.3.4"], invalid: ["::1", "x"] },
  { name: "uuid", schema: { ...text, format: "uuid" }, valid: ["123E4567e89b12d3a456426614174000"], invalid: ["x"] },
  { name: "uri", schema: { ...text, format: "uri" }, valid: ["/path", "http://x"], invalid: ["x y", "a-b"] },
  {
    name: "free",
    schema: { "x-kubernetes-preserve-unknown-fields": true },
    valid: [1, { a: { b: [null] } }, null],
    invalid: [],
  },
  {
    name: "freeObject",
    schema: {
      type: "object",
      "x-kubernetes-preserve-unknown-fields": true,
      properties: { known: { type: "object", properties: { a: text } } },
    },
    valid: [{ other: { deep: 1 } }, { known: { a: "x" } }],
    invalid: [{ known: { b: 1 } }, "x"],
  },
  {
    name: "freeList",
    schema: {
      type: "array",
      "x-kubernetes-preserve-unknown-fields": true,
      items: { type: "object", properties: { a: { type: "object", properties: { b: text } } } },
    },
    valid: [[{ other: 1 }], [{ a: { b: "x" } }]],
    invalid: [[{ a: { c: 1 } }]],
  },
  { name: "closed", schema: { type: "object" }, valid: [{}], invalid: [{ a: 1 }] },
  // A null is refused where the API server drops the entry without a word: stricter.
  {
    name: "map",
    schema: { type: "object", additionalProperties: text },
    valid: [{ a: "x" }, {}],
    invalid: [{ a: 1 }, { a: null }],
  },
  {
    name: "nullableMap",
    schema: { type: "object", additionalProperties: { ...text, nullable: true } },
    valid: [{ a: null }],
    invalid: [{ a: 1 }],
  },
  {
    name: "defaultedMap",
    schema: { type: "object", additionalProperties: { ...text, default: "z" } },
    valid: [{ a: null }],
    invalid: [{ a: 1 }],
  },
  {
    name: "anyMap",
    schema: { type: "object", additionalProperties: true },
    valid: [{ a: "x", b: 1, c: [], d: {} }],
    invalid: [{ a: { b: 1 } }, { a: [{ b: 1 }] }],
  },
  {
    name: "set",
    schema: { type: "array", "x-kubernetes-list-type": "set", items: text },
    valid: [["a", "b"]],
    invalid: [["a", "a"]],
  },
  {
    name: "list",
    schema: { type: "array", items: text, minItems: 1, maxItems: 3 },
    valid: [["a"]],
    invalid: [[], ["a", null], ["a", "b", "c", "d"]],
  },
  {
    name: "nullableList",
    schema: { type: "array", items: { ...text, nullable: true } },
    valid: [["a", null]],
    invalid: [[1]],
  },
  {
    name: "defaultedList",
    schema: { type: "array", items: { ...text, default: "q" } },
    valid: [["a", null]],
    invalid: [[1]],
  },
  {
    name: "embedded",
    schema: {
      type: "object",
      "x-kubernetes-embedded-resource": true,
      properties: { spec: { type: "object", properties: { a: text } } },
    },
    valid: [
      { apiVersion: "v1", kind: "A", spec: { a: "x" } },
      { apiVersion: "v1", kind: "A", metadata: { name: "x" } },
      { apiVersion: "v1", kind: "A", metadata: null },
    ],
    invalid: [
      { kind: "A" },
      { apiVersion: "v1", kind: "A", spec: { b: "x" } },
      { apiVersion: "v1", kind: "A", data: {} },
      { apiVersion: "v1", kind: "A", metadata: { name: "x", foo: 1 } },
      { apiVersion: "v1", kind: "A", metadata: { name: "a/b" } },
      { apiVersion: "a/b/c", kind: "A" },
    ],
  },
  {
    name: "embeddedFree",
    schema: { type: "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true },
    valid: [{ apiVersion: "v1", kind: "A", data: { a: 1 } }],
    invalid: [{ apiVersion: "v1", kind: "A", metadata: { foo: 1 } }, { data: {} }],
  },
  {
    name: "exactlyOne",
    schema: {
      type: "object",
      properties: { a: text, b: text, n: { ...text, nullable: true } },
      oneOf: [{ required: ["a"] }, { required: ["b"] }, { required: ["n"] }],
    },
    valid: [{ a: "x" }, { a: "x", b: null }, { n: null }, null],
    invalid: [{}, { a: "x", b: "y" }, { a: "x", n: null }, { a: null }],
  },
  {
    name: "atLeastOne",
    schema: {
      type: "object",
      properties: { a: text, b: { type: "integer" }, d: { ...text, default: "dd" } },
      anyOf: [{ required: ["a"] }, { required: ["b"], properties: { b: { minimum: 5 } } }],
    },
    valid: [{ a: "x" }, { b: 5 }],
    invalid: [{}, { b: 3 }, { d: "x" }],
  },
  {
    name: "notBoth",
    schema: { type: "object", properties: { a: text, b: text }, not: { required: ["a", "b"] } },
    valid: [{}, { a: "x", b: null }, null],
    invalid: [{ a: "x", b: "y" }],
  },
  {
    name: "defaultDecides",
    schema: {
      type: "object",
      properties: { type: { ...text, default: "A" }, a: text },
      oneOf: [
        { properties: { type: { enum: ["A"] } } },
        { properties: { type: { not: { enum: ["A"] } } }, required: ["a"] },
      ],
    },
    valid: [{}, { type: "A" }, { type: null }, { type: "B", a: "x" }],
    invalid: [{ type: "B" }, { type: "B", a: null }],
  },
  {
    name: "allOf",
    schema: { ...text, allOf: [{ pattern: "^a" }, { maxLength: 3 }, { not: { enum: ["ab"] } }] },
    valid: ["a", "abc", null],
    invalid: ["ab", "b"],
  },
  {
    name: "deep",
    schema: {
      type: "object",
      properties: {
        x: {
          type: "array",
          items: {
            type: "object",
            properties: { y: { type: "object", required: ["z"], properties: { z: { type: "boolean" } } } },
          },
        },
      },
    },
    valid: [{ x: [{ y: { z: true } }] }, { x: null }],
    invalid: [{ x: [{ y: {} }] }, { x: [{ y: { z: null } }] }, { x: [{ y: { z: true, q: 1 } }] }],
  },
  {
    name: "requiredAny",
    schema: { type: "object", required: ["a"], properties: { a: { "x-kubernetes-preserve-unknown-fields": true } } },
    valid: [{ a: 1 }],
    invalid: [{ a: null }, {}],
  },
  {
    name: "requiredWithDefault",
    schema: { type: "object", required: ["a"], properties: { a: { ...text, default: "x" } } },
    valid: [{}, { a: null }],
    invalid: [{ a: 1 }],
  },
  {
    name: "requiredNullable",
    schema: { type: "object", required: ["a"], properties: { a: { ...text, nullable: true } } },
    valid: [{ a: null }],
    invalid: [{}],
  },
];

/** A CustomResourceDefinition with a field for each case. */
export const structuralCasesDefinition: object = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "cases.example.com" },
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Case", plural: "cases", singular: "case", listKind: "CaseList" },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                properties: Object.fromEntries(structuralCases.map(({ name, schema }) => [name, schema])),
              },
            },
          },
        },
      },
    ],
  },
};

/** An object whose field of a case has a value. */
export function objectOfCase(name: string, value: unknown): object {
  return {
    apiVersion: "example.com/v1",
    kind: "Case",
    metadata: { name: "a", namespace: "default" },
    spec: { [name]: value },
  };
}
