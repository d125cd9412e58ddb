import { describe, expect, it } from "vitest";
import { builtInKinds } from "./built-in.ts";
import type { JsonObject } from "./json-schema.ts";
import { openApiDocument } from "./open-api.fixture.ts";

const machinery = "io.k8s.apimachinery.pkg";
const { definitions, paths } = openApiDocument;

/** The same document in OpenAPI v3, where a reference with siblings is wrapped in allOf. */
const documentV3 = JSON.parse(
  JSON.stringify({ components: { schemas: definitions }, paths })
    .replaceAll("#/definitions/", "#/components/schemas/")
    .replaceAll(/\{"\$ref":("[^"]*")\}/g, '{"allOf":[{"$ref":$1}],"default":{}}'),
);

const job = (of: JsonObject = openApiDocument): object =>
  builtInKinds([of]).served.find(({ kind }) => kind === "Job")?.schema ?? {};
const definitionOf = (schema: object, name: string): unknown =>
  Reflect.get(Object(Reflect.get(schema, "definitions")), name);

describe("Kubernetes' OpenAPI", () => {
  it("gives the kinds that can be created, and neither lists nor subresources", () => {
    expect(builtInKinds([openApiDocument]).served.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`)).toEqual([
      "batch/v1/Job",
      "authorization.k8s.io/v1/Review",
    ]);
  });

  it("holds alpha and beta versions back until they are asked for", () => {
    expect(builtInKinds([openApiDocument]).unserved).toEqual([{ apiVersion: "batch/v2beta1", kind: "Job" }]);
    expect(builtInKinds([openApiDocument], ["batch/v2beta1"]).unserved).toEqual([]);
  });

  it("means the same in version 2 and in version 3", () => {
    expect(job(documentV3)).toEqual(job());
  });

  it("fixes apiVersion and kind, and has strict metadata for objects that are kept", () => {
    expect(job()).toMatchObject({ required: ["apiVersion", "kind", "metadata"], additionalProperties: false });
    expect(job()).toHaveProperty("properties.metadata.properties.name.maxLength", 253);
    const review = builtInKinds([openApiDocument]).served.find(({ kind }) => kind === "Review")?.schema;
    expect(review).toHaveProperty("required", ["apiVersion", "kind"]);
  });

  it("refuses unknown fields in every definition, and null where a value is required", () => {
    expect(definitionOf(job(), "example.JobSpec.or-null")).toMatchObject({
      type: ["object", "null"],
      required: ["command", "limit"],
      additionalProperties: false,
      properties: {
        command: { type: "array", items: { type: "string" } },
        limit: { $ref: `#/definitions/${machinery}.api.resource.Quantity` },
        replicas: { type: ["integer", "null"], minimum: -2147483648, maximum: 2147483647 },
        labels: { type: ["object", "null"], additionalProperties: { type: "string" } },
        child: { $ref: "#/definitions/example.JobSpec.or-null" },
      },
    });
  });

  it("knows the types that read their JSON by themselves", () => {
    expect(definitionOf(job(), `${machinery}.api.resource.Quantity`)).toMatchObject({ type: ["string", "number"] });
    expect(definitionOf(job(), `${machinery}.util.intstr.IntOrString.or-null`)).toMatchObject({
      type: ["integer", "string", "null"],
    });
    expect(definitionOf(job(), `${machinery}.runtime.RawExtension.or-null`)).toEqual({ type: ["object", "null"] });
  });

  it("closes a type without fields", () => {
    expect(definitionOf(job(), "example.Empty.or-null")).toEqual({
      type: ["object", "null"],
      additionalProperties: false,
    });
  });

  it("judges only fields and types of a status", () => {
    expect(definitionOf(job(), "example.JobStatus.shape.or-null")).toEqual({
      type: ["object", "null"],
      properties: { done: { type: ["integer", "null"], minimum: -2147483648, maximum: 2147483647 } },
      additionalProperties: false,
    });
  });

  it("refuses a document without paths", () => {
    expect(() => builtInKinds([{ definitions }])).toThrow("paths is missing");
  });
});
