import type { Finding } from "@plinth/core";
import { z } from "zod";
import type { SlothObjective } from "../../sloth/prometheus-service-level.ts";
import { readShape } from "../read-shape.ts";
import type { ReadDocument } from "../service-level-document.ts";

const metric = z.strictObject({
  source: z.enum(["prometheus", "sloth"]),
  queryType: z.literal("promql"),
  query: z.string(),
});

// https://github.com/OpenSLO/oslo/blob/v0.12.0/pkg/manifest/v1alpha/objects.go
const schema = z.object({
  apiVersion: z.literal("openslo/v1alpha"),
  kind: z.literal("SLO"),
  metadata: z.strictObject({ name: z.string(), displayName: z.string().exactOptional() }),
  spec: z.strictObject({
    service: z.string(),
    description: z.string().exactOptional(),
    budgetingMethod: z.string().exactOptional(),
    timeWindows: z
      .array(
        z.strictObject({
          unit: z.string().regex(/^day$/i).meta({ expected: "days", example: '"Day"' }),
          count: z.int().positive(),
          isRolling: z.boolean().exactOptional(),
        }),
      )
      .max(1)
      .default([]),
    objectives: z
      .array(
        z.strictObject({
          displayName: z.string().exactOptional(),
          value: z.number().exactOptional(),
          ratioMetrics: z.strictObject({
            counter: z.boolean().exactOptional(),
            incremental: z.boolean().exactOptional(),
            good: metric,
            total: metric,
          }),
          target: z.number().meta({ expected: "a share above 0 and below 1", example: "0.999" }),
        }),
      )
      .min(1),
  }),
});

/**
 * An SLO of OpenSLO v1alpha, read as Sloth reads it: each objective is an SLO named `<name>-<index>` without alerts, because v1alpha has none.
 *
 * @see https://github.com/OpenSLO/OpenSLO/tree/v0.1.0-beta
 * @see https://github.com/slok/sloth/blob/v0.16.0/internal/storage/io/openslo.go
 */
export function readOpenSloV1Alpha(input: unknown, prefix: string): ReadDocument {
  const { value, findings } = readShape(schema, input, { prefix });
  if (value === undefined) return { findings };
  const { metadata, spec } = value;
  const [timeWindow] = spec.timeWindows;
  const slos = spec.objectives.map(
    ({ ratioMetrics: { good, total }, target }, index): SlothObjective => ({
      name: `${metadata.name}-${index}`,
      ...(spec.description === undefined ? {} : { description: spec.description }),
      // A share of 0.999 is 99.9 percent with the digits of the product, as in Sloth.
      objective: target * 100,
      sli: { raw: { errorRatioQuery: badShareOf(good.query, total.query) } },
      alerting: { pageAlert: { disable: true }, ticketAlert: { disable: true } },
    }),
  );
  return {
    findings: [...findings, ...methodFindings(spec.budgetingMethod, prefix)],
    document: {
      format: "openslo/v1alpha",
      spec: { service: spec.service, slos },
      ...(timeWindow === undefined ? {} : { period: `${timeWindow.count}d` }),
    },
  };
}

/** Blanks and line breaks are Sloth's: they are part of the rules that it writes. */
export function badShareOf(good: string, total: string): string {
  return `\n  1 - (\n    (\n      ${good}\n    )\n    /\n    (\n      ${total}\n    )\n  )\n`;
}

/** Sloth takes any method for occurrences without a word. */
function methodFindings(method: string | undefined, prefix: string): readonly Finding[] {
  if (method === undefined || method === "Occurrences") return [];
  return [
    {
      code: "invalid-field",
      severity: "warning",
      path: `${prefix === "" ? "" : `${prefix}.`}spec.budgetingMethod`,
      message: `is ${JSON.stringify(method)}, and is read as Occurrences, as Sloth does`,
      expected: '"Occurrences"',
    },
  ];
}
