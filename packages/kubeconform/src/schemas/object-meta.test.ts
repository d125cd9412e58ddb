import { describe, expect, it } from "vitest";
import { objectMetaFields, objectMetaSchema } from "./object-meta.ts";

describe("metadata", () => {
  it("has exactly the fields of ObjectMeta", () => {
    const schema = objectMetaSchema({});
    expect(Object.keys(Object(schema["properties"])).sort()).toEqual(objectMetaFields);
    expect(schema["additionalProperties"]).toBe(false);
  });

  it("of an object of its own has a name or the beginning of one", () => {
    expect(objectMetaSchema({ named: true })).toHaveProperty("anyOf.0.required", ["name"]);
    expect(objectMetaSchema({ named: true })).toHaveProperty("anyOf.1.required", ["generateName"]);
    expect(objectMetaSchema({ named: true })["type"]).toBe("object");
  });

  it("inside an object may be left out, and its name is any text", () => {
    const schema = objectMetaSchema({});
    expect(schema["type"]).toEqual(["object", "null"]);
    expect(schema).toHaveProperty("properties.name", { type: ["string", "null"] });
  });

  it("has checked labels only where the API server checks them", () => {
    expect(objectMetaSchema({ labelsChecked: true })).toHaveProperty("properties.labels.additionalProperties", false);
    expect(objectMetaSchema({})).toHaveProperty("properties.labels.additionalProperties", { type: "string" });
  });

  it("names a namespace only in kinds that have one", () => {
    expect(objectMetaSchema({ namespaced: true })).toHaveProperty("properties.namespace.maxLength", 63);
    expect(objectMetaSchema({})).toHaveProperty("properties.namespace", { type: ["string", "null"] });
  });
});
