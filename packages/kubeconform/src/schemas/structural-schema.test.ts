import { describe, expect, it } from "vitest";
import type { JsonObject } from "./json-schema.ts";
import { structuralToJsonSchema } from "./structural-schema.ts";

const field = (schema: JsonObject): unknown => {
  const { properties } = structuralToJsonSchema({ type: "object", properties: { field: schema } }, "");
  return Reflect.get(Object(properties), "field");
};
const text = { type: "string" };

describe("a structural schema", () => {
  it("refuses fields that it does not name", () => {
    expect(field({ type: "object", properties: { a: text } })).toEqual({
      type: ["object", "null"],
      properties: { a: { type: ["string", "null"] } },
      additionalProperties: false,
    });
  });

  it("refuses every field of an object that names none", () => {
    expect(field({ type: "object" })).toEqual({ type: ["object", "null"], additionalProperties: false });
  });

  it("lets fields be where unknown fields are preserved, and judges those that are named", () => {
    const preserved = {
      type: "object",
      "x-kubernetes-preserve-unknown-fields": true,
      properties: { a: { type: "object" } },
    };
    expect(field(preserved)).toEqual({
      type: ["object", "null"],
      properties: { a: { type: ["object", "null"], additionalProperties: false } },
    });
  });

  it("says nothing of a value without a type that preserves unknown fields", () => {
    expect(field({ "x-kubernetes-preserve-unknown-fields": true })).toEqual({});
  });

  it("passes the preservation of a list on to its items", () => {
    const list = { type: "array", "x-kubernetes-preserve-unknown-fields": true, items: { type: "object" } };
    expect(field(list)).toEqual({ type: ["array", "null"], items: { type: "object" } });
  });

  it("judges the values of a map, and refuses null among them", () => {
    expect(field({ type: "object", additionalProperties: text })).toEqual({
      type: ["object", "null"],
      additionalProperties: { type: "string" },
    });
  });

  it("takes integers and strings for int-or-string, and drops the anyOf that repeats it", () => {
    const intOrString = {
      "x-kubernetes-int-or-string": true,
      anyOf: [{ type: "integer" }, { type: "string" }],
      pattern: "^[0-9]+%?$",
    };
    expect(field(intOrString)).toEqual({
      type: ["integer", "string", "null"],
      minimum: -(2 ** 63),
      maximum: 2 ** 63,
      pattern: "^[0-9]+%?$",
    });
  });

  it.each([
    ["an optional field", text, ["string", "null"]],
    ["a nullable field", { ...text, nullable: true }, ["string", "null"]],
    ["a field with a default", { ...text, default: "x" }, ["string", "null"]],
  ])("takes null for %s", (_, schema, type) => {
    expect(field(schema)).toEqual({ type });
  });

  it("takes null for a required field only when it is nullable or has a default", () => {
    const properties = { plain: text, nullable: { ...text, nullable: true }, defaulted: { ...text, default: "x" } };
    const schema = structuralToJsonSchema({ type: "object", properties, required: Object.keys(properties) }, "");
    expect(schema).toEqual({
      type: "object",
      properties: {
        plain: { type: "string" },
        nullable: { type: ["string", "null"] },
        defaulted: { type: ["string", "null"] },
      },
      required: ["plain", "nullable"],
      additionalProperties: false,
    });
  });

  it("refuses null for a required field of any type", () => {
    const schema = structuralToJsonSchema(
      { type: "object", properties: { a: { "x-kubernetes-preserve-unknown-fields": true } }, required: ["a"] },
      "",
    );
    expect(schema).toHaveProperty("properties.a.type", ["object", "array", "string", "number", "boolean"]);
  });

  it("takes null for an enumeration of an optional field, and not for a nullable one", () => {
    expect(field({ ...text, enum: ["a"] })).toEqual({ type: ["string", "null"], enum: ["a", null] });
    expect(field({ ...text, enum: ["a"], nullable: true })).toEqual({ type: "string", enum: ["a"] });
  });

  it("asks for different items in a set", () => {
    expect(field({ type: "array", "x-kubernetes-list-type": "set", items: text })).toMatchObject({ uniqueItems: true });
  });

  it("keeps a format's limits beside its own", () => {
    expect(field({ type: "integer", format: "int32", minimum: 0 })).toMatchObject({
      allOf: [{ minimum: -2147483648, maximum: 2147483647 }],
      minimum: 0,
    });
  });

  it("gives an embedded object apiVersion, kind and strict metadata", () => {
    const schema = field({
      type: "object",
      "x-kubernetes-embedded-resource": true,
      properties: { spec: { type: "object" } },
    });
    expect(schema).toMatchObject({ required: ["apiVersion", "kind"], additionalProperties: false });
    expect(schema).toHaveProperty("properties.metadata.additionalProperties", false);
    expect(schema).toHaveProperty("properties.spec");
  });

  it("keeps only fields and types for a status that the API server drops", () => {
    const status = { type: "object", required: ["a"], properties: { a: { ...text, enum: ["x"] } }, maxProperties: 1 };
    expect(structuralToJsonSchema(status, "", "shape")).toEqual({
      type: "object",
      properties: { a: { type: ["string", "null"] } },
      additionalProperties: false,
    });
  });

  it("names the place of what cannot be read", () => {
    const broken = { type: "object", properties: { a: { type: "object", properties: "x" } } };
    expect(() => structuralToJsonSchema(broken, "schema")).toThrow("schema.properties.a.properties is a string");
  });
});
