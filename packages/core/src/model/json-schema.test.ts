import { describe, expect, it } from "vitest";
import { z } from "zod";
import { examplePlatformInput } from "../testing.ts";
import { jsonSchemaOf, modelKinds } from "./json-schema.ts";

describe("the JSON Schema", () => {
  it.each(modelKinds)("of a %s is one, without words that JSON Schema does not have", (kind) => {
    const text = JSON.stringify(jsonSchemaOf(kind));
    expect(jsonSchemaOf(kind)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
    expect(text).not.toContain('"expected":');
    expect(text).not.toContain('"example":');
  });

  it("of a service says which fields it has, which are needed, and that there are no others", () =>
    expect(jsonSchemaOf("service")).toMatchObject({
      type: "object",
      required: ["name", "team", "tier", "language"],
      additionalProperties: false,
      properties: {
        name: { type: "string", pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", maxLength: 63 },
        tier: { enum: ["critical", "high", "medium", "low"] },
      },
    }));

  it("of a platform accepts what the model accepts, and refuses what it refuses", () => {
    const schema = z.fromJSONSchema(jsonSchemaOf("platform"));
    const input = examplePlatformInput();
    expect(schema.safeParse(input).success).toBe(true);
    expect(schema.safeParse({ ...input, extra: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...input, services: [{ name: "A" }] }).success).toBe(false);
  });
});
