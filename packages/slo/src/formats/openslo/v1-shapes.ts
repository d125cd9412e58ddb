import { z } from "zod";
import type { OpenSloIndicator, OpenSloJudgement } from "./indicator.ts";

/** An object of OpenSLO v1, as it is read. */
export interface ReadObject<Spec> {
  readonly metadata: ReadMetadata;
  readonly spec: Spec;
}

export interface ReadMetadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string | string[]>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export type ReadIndicator = Omit<OpenSloIndicator, "at">;

export interface ReadCondition {
  readonly severity: string;
}

export interface ReadPolicy {
  /** Exactly one. */
  readonly conditions: readonly { readonly conditionRef?: string; readonly spec?: ReadCondition }[];
}

export interface ReadObjective extends Omit<OpenSloJudgement, "method"> {
  readonly target?: number;
  readonly targetPercent?: number;
  readonly indicator?: unknown;
  readonly indicatorRef?: string;
}

export interface ReadSlo {
  readonly description?: string;
  readonly service: string;
  readonly indicator?: { readonly spec: ReadIndicator };
  readonly indicatorRef?: string;
  readonly budgetingMethod: OpenSloJudgement["method"];
  readonly timeWindow: readonly { readonly duration: string; readonly calendar?: object }[];
  readonly objectives: readonly ReadObjective[];
  readonly alertPolicies?: readonly { readonly alertPolicyRef?: string; readonly spec?: ReadPolicy }[];
}

const duration = z
  .string()
  .regex(/^[0-9]+[mhdwMQY]$/)
  .meta({ expected: "a number and m, h, d, w, M, Q or Y", example: '"30d"' });
// A label may have several values.
const labels = z.record(z.string(), z.union([z.string(), z.array(z.string())])).exactOptional();
const metadata: z.ZodType<ReadMetadata> = z.strictObject({
  name: z.string(),
  displayName: z.string().exactOptional(),
  labels,
  annotations: z.record(z.string(), z.string()).exactOptional(),
});
const metric = z.strictObject({
  metricSource: z.strictObject({
    metricSourceRef: z.string().exactOptional(),
    type: z.string().exactOptional(),
    spec: z.record(z.string(), z.unknown()),
  }),
});
const indicator: z.ZodType<ReadIndicator> = z.strictObject({
  description: z.string().exactOptional(),
  thresholdMetric: metric.exactOptional(),
  ratioMetric: z
    .strictObject({
      counter: z.boolean().default(false),
      good: metric.exactOptional(),
      bad: metric.exactOptional(),
      total: metric.exactOptional(),
      rawType: z.enum(["success", "failure"]).exactOptional(),
      raw: metric.exactOptional(),
    })
    .exactOptional(),
});
const operator = z.enum(["gt", "lt", "gte", "lte"]);
const target = z.number().meta({ expected: "a share of 0 and more, below 1", example: "0.999" });
const targetPercent = z.number().meta({ expected: "a percentage of 0 and more, below 100", example: "99.9" });
const condition: z.ZodType<ReadCondition> = z.strictObject({
  description: z.string().exactOptional(),
  severity: z.string(),
  condition: z.strictObject({
    kind: z.literal("burnrate"),
    op: operator,
    threshold: z.number(),
    lookbackWindow: duration,
    alertAfter: duration.exactOptional(),
  }),
});
const policy: z.ZodType<ReadPolicy> = z.strictObject({
  description: z.string().exactOptional(),
  alertWhenNoData: z.boolean().exactOptional(),
  alertWhenBreaching: z.boolean().exactOptional(),
  alertWhenResolved: z.boolean().exactOptional(),
  conditions: z
    .array(
      z.strictObject({
        conditionRef: z.string().exactOptional(),
        kind: z.literal("AlertCondition").exactOptional(),
        metadata: metadata.exactOptional(),
        spec: condition.exactOptional(),
      }),
    )
    .length(1),
  notificationTargets: z.array(z.unknown()).default([]),
});
/** The shape of an object of a kind. */
function object<Spec>(kind: string, spec: z.ZodType<Spec>): z.ZodType<ReadObject<Spec>> {
  return z.strictObject({ apiVersion: z.literal("openslo/v1"), kind: z.literal(kind), metadata, spec });
}

const slo: z.ZodType<ReadSlo> = z.strictObject({
  description: z.string().exactOptional(),
  service: z.string(),
  indicator: z.strictObject({ metadata, spec: indicator }).exactOptional(),
  indicatorRef: z.string().exactOptional(),
  budgetingMethod: z.enum(["Occurrences", "Timeslices", "RatioTimeslices"]),
  timeWindow: z
    .array(
      z.strictObject({
        duration,
        isRolling: z.boolean().exactOptional(),
        calendar: z.strictObject({ startTime: z.string(), timeZone: z.string() }).exactOptional(),
      }),
    )
    .max(1)
    .default([]),
  objectives: z
    .array(
      z.strictObject({
        displayName: z.string().exactOptional(),
        op: operator.exactOptional(),
        value: z.number().exactOptional(),
        target: target.exactOptional(),
        targetPercent: targetPercent.exactOptional(),
        timeSliceTarget: z.number().exactOptional(),
        timeSliceWindow: duration.exactOptional(),
        indicator: z.unknown().exactOptional(),
        indicatorRef: z.string().exactOptional(),
        compositeWeight: z.number().exactOptional(),
      }),
    )
    .min(1),
  alertPolicies: z
    .array(
      z.strictObject({
        alertPolicyRef: z.string().exactOptional(),
        kind: z.literal("AlertPolicy").exactOptional(),
        metadata: metadata.exactOptional(),
        spec: policy.exactOptional(),
      }),
    )
    .exactOptional(),
});

/**
 * The kinds of OpenSLO v1 that say something about objectives.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/README.md#object-types
 */
export const openSloShapes: {
  readonly slo: z.ZodType<ReadObject<ReadSlo>>;
  readonly indicator: z.ZodType<ReadObject<ReadIndicator>>;
  readonly alertPolicy: z.ZodType<ReadObject<ReadPolicy>>;
  readonly alertCondition: z.ZodType<ReadObject<ReadCondition>>;
} = {
  slo: object("SLO", slo),
  indicator: object("SLI", indicator),
  alertPolicy: object("AlertPolicy", policy),
  alertCondition: object("AlertCondition", condition),
};
