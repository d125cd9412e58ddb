import { describe, expect, it } from "vitest";
import { customResourceKinds, isCustomResourceDefinition } from "./custom-resource.ts";

const definition = (version: object, spec: object = {}): Record<string, unknown> => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  spec: {
    group: "example.com",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets" },
    versions: [{ name: "v1", served: true, storage: true, ...version }],
    ...spec,
  },
});
const schema = { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } };
const only = (version: object): Record<string, unknown> =>
  customResourceKinds(definition(version)).served[0]?.schema ?? {};

describe("a CustomResourceDefinition", () => {
  it("gives a schema for each version that is served, and names the others", () => {
    const versions = [
      { name: "v1", served: true, schema },
      { name: "v1beta1", served: true, schema },
      { name: "v1alpha1", served: false, schema },
    ];
    const kinds = customResourceKinds(definition({}, { versions }));
    expect(kinds.served.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)).toEqual([
      "example.com/v1/Widget",
      "example.com/v1beta1/Widget",
    ]);
    expect(kinds.unserved).toEqual([{ apiVersion: "example.com/v1alpha1", kind: "Widget" }]);
  });

  it("fixes apiVersion and kind, and requires metadata", () => {
    expect(only({ schema })).toMatchObject({
      required: ["apiVersion", "kind", "metadata"],
      properties: { apiVersion: { enum: ["example.com/v1"] }, kind: { enum: ["Widget"] } },
      additionalProperties: false,
    });
  });

  it("has strict metadata, whose name is a DNS subdomain", () => {
    const metadata = only({ schema })["properties"];
    expect(metadata).toHaveProperty("metadata.additionalProperties", false);
    expect(metadata).toHaveProperty("metadata.properties.name.maxLength", 253);
    expect(metadata).toHaveProperty("metadata.properties.namespace.maxLength", 63);
  });

  it("keeps its own limits of names", () => {
    const limited = {
      openAPIV3Schema: {
        type: "object",
        properties: { metadata: { type: "object", properties: { name: { type: "string", maxLength: 20 } } } },
      },
    };
    expect(only({ schema: limited })).toHaveProperty("properties.metadata.allOf", [
      { properties: { name: { maxLength: 20 } } },
    ]);
  });

  it("keeps unknown fields at the root when it says so", () => {
    expect(
      only({ schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } } }),
    ).not.toHaveProperty("additionalProperties");
  });

  it("does not enforce a status that the API server drops", () => {
    const withStatus = {
      openAPIV3Schema: {
        type: "object",
        properties: { status: { type: "object", required: ["a"], properties: { a: { type: "string" } } } },
      },
    };
    expect(only({ schema: withStatus })).toHaveProperty("properties.status.required", ["a"]);
    expect(only({ schema: withStatus, subresources: { status: {} } })).not.toHaveProperty("properties.status.required");
    expect(only({ schema: withStatus, subresources: { status: {} } })).toHaveProperty(
      "properties.status.additionalProperties",
      false,
    );
  });

  it.each([
    [
      "of the API version that was removed",
      { ...definition({ schema }), apiVersion: "apiextensions.k8s.io/v1beta1" },
      "apiVersion is a string",
    ],
    ["without a schema", definition({}), "spec.versions[0].schema is missing"],
    [
      "whose schema is no object",
      definition({ schema: { openAPIV3Schema: "x" } }),
      "spec.versions[0].schema.openAPIV3Schema is a string",
    ],
    ["without a group", definition({ schema }, { group: undefined }), "spec.group is missing"],
    ["without versions", definition({}, { versions: {} }), "spec.versions is an object"],
  ])("%s is refused", (_, broken, message) => {
    expect(() => customResourceKinds(broken)).toThrow(message);
  });

  it("is told from other objects by its kind", () => {
    expect(isCustomResourceDefinition(definition({}))).toBe(true);
    expect(isCustomResourceDefinition({ kind: "ConfigMap" })).toBe(false);
    expect(isCustomResourceDefinition(null)).toBe(false);
  });
});
