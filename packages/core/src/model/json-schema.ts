import { z } from "zod";
import { acceptedRiskSchema } from "./accepted-risk.ts";
import { alertOverrideSchema } from "./alert-override.ts";
import { apiSchema } from "./api.ts";
import { breakGlassSchema } from "./break-glass.ts";
import { dataStoreSchema } from "./data-store.ts";
import { environmentSchema } from "./environment.ts";
import { platformSchema } from "./platform.ts";
import { platformComponentSchema } from "./platform-component.ts";
import { policyExceptionSchema } from "./policy-exception.ts";
import { policyRolloutSchema } from "./policy-rollout.ts";
import { serviceSchema } from "./service.ts";
import { teamSchema } from "./team.ts";

/** What a JSON Schema can be asked for. */
export type ModelKind =
  | "platform"
  | "environment"
  | "team"
  | "service"
  | "data-store"
  | "api"
  | "platform-component"
  | "break-glass"
  | "accepted-risk"
  | "policy-rollout"
  | "policy-exception"
  | "alert-override";

/** Every kind that `jsonSchemaOf` knows. */
export const modelKinds: readonly ModelKind[] = [
  "platform",
  "environment",
  "team",
  "service",
  "data-store",
  "api",
  "platform-component",
  "break-glass",
  "accepted-risk",
  "policy-rollout",
  "policy-exception",
  "alert-override",
];

const schemas: Readonly<Record<ModelKind, z.ZodType>> = {
  platform: platformSchema,
  environment: environmentSchema,
  team: teamSchema,
  service: serviceSchema,
  "data-store": dataStoreSchema,
  api: apiSchema,
  "platform-component": platformComponentSchema,
  "break-glass": breakGlassSchema,
  "accepted-risk": acceptedRiskSchema,
  "policy-rollout": policyRolloutSchema,
  "policy-exception": policyExceptionSchema,
  "alert-override": alertOverrideSchema,
};

/**
 * The JSON Schema (draft 2020-12) of what a person writes, from the source that also checks it: for editors of YAML, and for other languages.
 *
 * @example
 * const schema = jsonSchemaOf("service");
 */
export function jsonSchemaOf(kind: ModelKind): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schemas[kind], {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // `expected`, `example` and `otherWords` are Plinth's own words of a field's meta; JSON Schema says `description`.
      const expected: unknown = Reflect.get(jsonSchema, "expected");
      const example: unknown = Reflect.get(jsonSchema, "example");
      Reflect.deleteProperty(jsonSchema, "expected");
      Reflect.deleteProperty(jsonSchema, "example");
      Reflect.deleteProperty(jsonSchema, "otherWords");
      if (typeof expected === "string" && jsonSchema.description === undefined) {
        jsonSchema.description = typeof example === "string" ? `${expected}: ${example}` : expected;
      }
    },
  });
}
