import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Finding } from "../finding.ts";
import { schemaFindings } from "./schema-findings.ts";

const schema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("otlp-grpc"), endpoint: z.string() }),
  z.strictObject({ kind: z.literal("otlp-http"), url: z.string() }),
]);
const findings = (input: unknown): readonly Finding[] => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : schemaFindings(parsed.error, input, schema, { prefix: "traces" });
};

describe("a value of one of several kinds", () => {
  it("says which kinds there are when it names none", () => {
    expect(findings({ endpoint: "tempo:4317" })).toMatchObject([
      {
        path: "traces.kind",
        message: "is missing",
        expected: 'one of "otlp-grpc", "otlp-http"',
        example: 'kind: "otlp-grpc"',
      },
    ]);
  });

  it("names the one that was probably meant", () => {
    expect(findings({ kind: "otlp-htp", url: "a" })).toMatchObject([
      { message: 'is "otlp-htp"', expected: 'one of "otlp-grpc", "otlp-http"', example: 'kind: "otlp-http"' },
    ]);
  });
});
