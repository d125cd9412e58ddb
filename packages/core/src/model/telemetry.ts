import { z } from "zod";
import { dnsLabelField, durationField, lineField, percentField, textField } from "./field.ts";
import { type TelemetryBackends, type TelemetryBackendsInput, telemetryBackendsSchema } from "./telemetry-backends.ts";
import type { Tier } from "./tier.ts";

/** What an environment keeps of its telemetry, where it goes, and what it takes in besides OTLP. */
export interface Telemetry {
  /** Percent of ordinary traces that are kept, by tier. Errors and slow traces are always kept. */
  readonly sampling: Readonly<Record<Tier, number>>;
  /** A trace is slow from this duration on; one through a service that promises less, from what it promises. */
  readonly slowerThan: string;
  /** Traces that are kept besides errors and slow ones: those with one of the values. */
  readonly keep: readonly KeptTraces[];
  /** How long Prometheus keeps metrics. */
  readonly retention: string;
  readonly backends: TelemetryBackends;
  /** Name of the cloud role that the gateways take where a back end belongs to the cloud. */
  readonly cloudRole?: string;
  /** Protocols that the agents take besides OTLP, from services that are still to be moved. */
  readonly accepts: readonly FormerProtocol[];
  /** Addresses with Prometheus metrics that nothing else scrapes. */
  readonly scrapes: readonly ScrapedTargets[];
  /** What is changed about the secrets and personal data that are removed. */
  readonly redaction: Redaction;
  /** Whose pods are instrumented from outside. */
  readonly instrument: InstrumentedPods;
}

/** `annotated-pods`: those that a team annotates. `every-service`: those of each service that does not say `instrumentation: "none"`. */
export type InstrumentedPods = "annotated-pods" | "every-service";

/** Traces in which a span, or whoever sent it, has one of the values. */
export interface KeptTraces {
  readonly attribute: string;
  readonly values: readonly string[];
}

export type FormerProtocol = "zipkin" | "jaeger" | "fluent-forward";

/** A port on which agents take a former protocol; a component with the role `telemetry-agent` may give it another number, by its name. */
export interface FormerProtocolPort {
  readonly name: string;
  readonly port: number;
}

/**
 * Where each former protocol comes in.
 *
 * @see https://zipkin.io/pages/quickstart https://www.jaegertracing.io/docs/latest/apis/ https://docs.fluentbit.io/manual/data-pipeline/outputs/forward
 */
export const formerProtocolPorts: Readonly<Record<FormerProtocol, readonly FormerProtocolPort[]>> = {
  zipkin: [{ name: "zipkin", port: 9411 }],
  jaeger: [
    { name: "jaeger-grpc", port: 14250 },
    { name: "jaeger-http", port: 14268 },
  ],
  "fluent-forward": [{ name: "fluent-forward", port: 8006 }],
};

export interface ScrapedTargets {
  /** The label `job` of their metrics. */
  readonly job: string;
  /** `host:port` */
  readonly targets: readonly string[];
  readonly path: string;
  readonly interval: string;
}

export interface Redaction {
  /** Further keys whose values are removed: regular expressions (RE2), whole key. */
  readonly keys: readonly string[];
  /** Further values that are removed wherever they stand: regular expressions (RE2) by name. */
  readonly values: Readonly<Record<string, string>>;
  /** What stays though it is removed by default, by name or key, and why. */
  readonly allow: readonly AllowedByRedaction[];
}

export interface AllowedByRedaction {
  /** Name of a pattern (`email`), or a key (`cookie`), of the list of what is removed. */
  readonly name: string;
  readonly because: string;
}

export interface TelemetryInput {
  /** Percent of ordinary traces that are kept, by tier. Errors and slow traces are always kept. */
  sampling: Record<Tier, number>;
  /** A trace is slow from this duration on; one through a service that promises less, from what it promises. @default "2s" */
  slowerThan?: string;
  /** Traces that are kept besides errors and slow ones: those with one of the values. @default none */
  keep?: { attribute: string; values: string[] }[];
  /** How long Prometheus keeps metrics. */
  retention: string;
  /** Where telemetry goes. */
  backends: TelemetryBackendsInput;
  /** Name of the cloud role that the gateways take where a back end belongs to the cloud. @default none */
  cloudRole?: string;
  /** Protocols that the agents take besides OTLP, from services that are still to be moved. @default none */
  accepts?: FormerProtocol[];
  /** Addresses with Prometheus metrics that nothing else scrapes. `path` is `/metrics` and `interval` `30s` unless said. @default none */
  scrapes?: { job: string; targets: string[]; path?: string; interval?: string }[];
  /** Changes of what is removed: further keys and values, as regular expressions (RE2), and what stays. @default the platform's list */
  redaction?: {
    keys?: string[];
    values?: Record<string, string>;
    allow?: { name: string; because: string }[];
  };
  /** Whose pods are instrumented from outside: `"every-service"` annotates pods of services when they are made. @default "annotated-pods" */
  instrument?: InstrumentedPods;
}

const attributeField = textField(
  (value) =>
    /^[A-Za-z_][\w./-]*$/.test(value) ? undefined : `${JSON.stringify(value)} is not the name of an attribute`,
  { expected: "the name of an attribute", example: '"app.order.type"' },
);

const targetField = textField(
  (value) => (/^[A-Za-z0-9.-]+:\d{1,5}$/.test(value) ? undefined : `${JSON.stringify(value)} is not host:port`),
  { expected: "a host and a port", example: '"billing.legacy.svc:9100"' },
);

const pathField = textField(
  (value) => (/^\/[^\s?#]*$/.test(value) ? undefined : `${JSON.stringify(value)} is not a path`),
  { expected: "a path", example: '"/metrics"' },
);

/** What RE2 has not: looking around, back references, possessive and atomic groups (https://github.com/google/re2/wiki/Syntax). */
const notInRe2 = /\(\?(=|!|<=|<!|>)|\\[1-9]|\\k</;

/** A regular expression that RE2, which the collector uses, and JavaScript both take. */
const patternField = textField(
  (value) => {
    if (value === "") return "is empty: it would match everything";
    if (notInRe2.test(value)) return `${JSON.stringify(value)} looks around or refers back, which RE2 does not`;
    try {
      return new RegExp(value, "u").test("") ? `${JSON.stringify(value)} matches an empty text` : undefined;
    } catch {
      return `${JSON.stringify(value)} is not a regular expression`;
    }
  },
  { expected: "a regular expression of RE2 that matches no empty text", example: '"order-[0-9]{8}"' },
);

export const telemetrySchema: z.ZodType<Telemetry, TelemetryInput> = z
  .strictObject({
    sampling: z
      .strictObject({ critical: percentField, high: percentField, medium: percentField, low: percentField })
      .meta({ expected: "a percentage for each tier", example: "{ critical: 20, high: 15, medium: 10, low: 10 }" }),
    slowerThan: durationField.default("2s"),
    keep: z.array(z.strictObject({ attribute: attributeField, values: z.array(lineField).min(1) })).default([]),
    retention: durationField,
    backends: telemetryBackendsSchema,
    cloudRole: lineField.exactOptional(),
    accepts: z.array(z.enum(["zipkin", "jaeger", "fluent-forward"])).default([]),
    scrapes: z
      .array(
        z.strictObject({
          job: dnsLabelField,
          targets: z.array(targetField).min(1),
          path: pathField.default("/metrics"),
          interval: durationField.default("30s"),
        }),
      )
      .default([]),
    redaction: z
      .strictObject({
        keys: z.array(patternField).default([]),
        values: z.record(dnsLabelField, patternField).default({}),
        allow: z.array(z.strictObject({ name: lineField, because: lineField })).default([]),
      })
      .prefault({}),
    instrument: z.enum(["annotated-pods", "every-service"]).default("annotated-pods"),
  })
  .meta({
    expected: "sampling, retention and back ends",
    example: '{ sampling: { critical: 20, high: 15, medium: 10, low: 10 }, retention: "30d", backends: { … } }',
  });
