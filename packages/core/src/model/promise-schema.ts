import { z } from "zod";
import { parseDuration } from "../duration/duration.ts";
import { dnsLabelField, durationField, lineField, textField } from "./field.ts";
import type { RequestSource, ServicePromise, ServicePromiseInput } from "./promise.ts";
import type { PromiseAlerts } from "./promise-terms.ts";

/** A promise before the service's tier has filled in its alerts. */
export type UntieredPromise = {
  [Kind in ServicePromise as Kind["kind"]]: Omit<Kind, "alerts"> & { alerts?: PromiseAlerts };
}[ServicePromise["kind"]];

const objectiveField = z
  .number()
  .gt(0)
  .lt(100)
  .meta({ expected: "a percentage above 0 and below 100", example: "99.9" });

/** A label of Prometheus that everybody can type: letters, digits and underscores. */
const labelNameField: z.ZodType<string, string> = textField(
  (value) =>
    /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? undefined : `${JSON.stringify(value)} is not a label's name`,
  { expected: "letters, digits and '_', not beginning with a digit or two '_'", example: '"http_route"' },
);

const day = 24 * 60 * 60 * 1000;

const periodField = textField(
  (value) => {
    const milliseconds = parseDuration(value);
    if (milliseconds === undefined) return `${JSON.stringify(value)} is not a Prometheus duration`;
    return milliseconds < day || milliseconds > 366 * day ? "is not between a day and a year" : undefined;
  },
  { expected: "a Prometheus duration from a day to a year", example: '"30d"' },
);

const budgetStepSchema = z.strictObject({
  left: z.number().min(0).max(100).meta({ expected: "percent of the budget, from 0 to 100", example: "25" }),
  action: lineField,
  alert: z.enum(["critical", "warning", "info"]).optional(),
});

/** The fields of every promise, for a schema of one. */
const termFields = {
  objective: objectiveField,
  alerts: z.enum(["page-and-ticket", "ticket", "none"]).optional(),
  period: periodField.optional(),
  calendar: z.enum(["month", "quarter"]).optional(),
  by: z.array(labelNameField).min(1).meta({ expected: "names of labels", example: '["http_route"]' }).optional(),
  seriesLimit: z.int().min(1).max(1000).meta({ expected: "a whole number from 1 to 1000", example: "50" }).optional(),
  minimumEvents: z.int().min(1).meta({ expected: "a whole number above 0", example: "100" }).optional(),
  absent: z.boolean().optional(),
  alertNames: z.enum(["shared", "distinct"]).optional(),
  for: z.strictObject({ page: durationField.optional(), ticket: durationField.optional() }).optional(),
  periodRatio: z.enum(["slices", "events"]).optional(),
  budgetPolicy: z.array(budgetStepSchema).optional(),
} as const;

// What PromQL is, this model does not know: whoever renders it does.
const promqlField = textField((value) => (value.trim() === "" ? "is empty" : undefined), {
  expected: "a PromQL expression",
  example: '"sum(rate(bookings_total[{{.window}}]))"',
});

const selectorField = textField((value) => (value.trim() === "" ? "is empty" : undefined), {
  expected: "a PromQL selector without a range",
  example: "'http_requests_total{job=\"checkout\"}'",
});

const routeField = textField(
  (value) => (/^\/\S*$/.test(value) ? undefined : `${JSON.stringify(value)} is not a route`),
  {
    expected: "a path that begins with '/', with '*' for a part of a segment and '**' for any rest",
    example: '"/points/**"',
  },
);

const requestSourceSchema: z.ZodType<RequestSource, RequestSource> = z
  .union([
    z.enum(["span-metrics", "http-server", "istio"]),
    z.strictObject({
      calls: selectorField.optional(),
      errors: selectorField.optional(),
      durations: selectorField.optional(),
      unit: z.enum(["seconds", "milliseconds"]).optional(),
      routeLabel: labelNameField.optional(),
    }),
  ])
  .meta({ expected: '"span-metrics", "http-server", "istio", or selectors', example: '"http-server"' });

const percentField = z.number().gt(0).lte(100);

const availabilitySchema = z.strictObject({
  kind: z.literal("availability"),
  name: dnsLabelField.prefault("availability"),
  ...termFields,
  route: routeField.optional(),
  from: requestSourceSchema.optional(),
});

const latencySchema = z.strictObject({
  kind: z.literal("latency"),
  name: dnsLabelField.prefault("latency"),
  ...termFields,
  below: durationField,
  route: routeField.optional(),
  from: requestSourceSchema.optional(),
  histogram: z.enum(["classic", "native"]).optional(),
});

const throughputSchema = z.strictObject({
  kind: z.literal("throughput"),
  name: dnsLabelField.prefault("throughput"),
  ...termFields,
  atLeast: z.number().gt(0).meta({ expected: "a number of events above 0", example: "5" }),
  per: durationField.optional(),
  from: requestSourceSchema.optional(),
});

const freshnessSchema = z.strictObject({
  kind: z.literal("freshness"),
  name: dnsLabelField.prefault("freshness"),
  ...termFields,
  within: durationField,
  lastSuccess: promqlField.optional(),
  from: requestSourceSchema.optional(),
});

const saturationSchema = z.strictObject({
  kind: z.literal("saturation"),
  name: dnsLabelField.prefault("saturation"),
  ...termFields,
  below: percentField.meta({ expected: "a percentage above 0 and at most 100", example: "80" }),
  of: z
    .union([z.enum(["cpu", "memory"]), z.strictObject({ promql: promqlField })])
    .meta({ expected: '"cpu", "memory", or PromQL of a share', example: '"memory"' }),
});

// Which of the two it is follows from which is there.
const eitherField = promqlField.meta({
  expected: "PromQL of the bad events, or else of the good ones: not both",
  example: '"sum(rate(bookings_failed_total[{{.window}}]))"',
});

const eventsSchema = z
  .strictObject({
    kind: z.literal("events"),
    name: dnsLabelField,
    what: lineField.optional(),
    ...termFields,
    bad: eitherField.optional(),
    good: eitherField.optional(),
    total: promqlField,
  })
  .transform(({ bad, good, ...promise }, context) => {
    if (bad !== undefined && good === undefined) return { ...promise, counted: { bad } };
    if (good !== undefined && bad === undefined) return { ...promise, counted: { good } };
    context.issues.push({
      code: "custom",
      message: "counts good events, too",
      path: ["bad"],
      input: bad,
    });
    return z.NEVER;
  });

const rawSchema = z.strictObject({
  kind: z.literal("raw"),
  name: dnsLabelField,
  what: lineField.optional(),
  ...termFields,
  errorRatio: promqlField,
});

const pluginSchema = z.strictObject({
  kind: z.literal("plugin"),
  name: dnsLabelField,
  what: lineField.optional(),
  ...termFields,
  id: lineField,
  options: z.record(z.string(), z.string()).default({}),
});

export const servicePromiseSchema: z.ZodType<UntieredPromise, ServicePromiseInput> = z.discriminatedUnion("kind", [
  availabilitySchema,
  latencySchema,
  throughputSchema,
  freshnessSchema,
  saturationSchema,
  eventsSchema,
  rawSchema,
  pluginSchema,
]);
