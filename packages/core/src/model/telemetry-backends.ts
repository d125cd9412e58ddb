import { z } from "zod";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, dnsSubdomainField, httpsUrlField, lineField, textField } from "./field.ts";

/** Where the telemetry of an environment goes: everything of a signal to each of its back ends. */
export interface TelemetryBackends {
  readonly traces: readonly TraceBackend[];
  readonly metrics: readonly MetricBackend[];
  readonly logs: readonly LogBackend[];
}

export type TraceBackend = OtlpGrpcBackend | OtlpHttpBackend | XRayBackend;
export type MetricBackend = RemoteWriteBackend | ManagedPrometheusBackend | CloudWatchMetricsBackend;
export type LogBackend = OtlpHttpBackend | CloudWatchLogsBackend;

interface Named {
  /** Unique among the back ends of an environment: exporters, their queues and their metrics are called after it. */
  readonly name: DnsLabel;
}

/** OTLP over gRPC: Tempo, Jaeger, another collector. */
export interface OtlpGrpcBackend extends Named {
  readonly kind: "otlp-grpc";
  /** `host:port` */
  readonly endpoint: string;
  readonly headers: BackendHeaders;
}

/** OTLP over HTTP: Loki, vendors. The collector appends `/v1/traces` or `/v1/logs`. */
export interface OtlpHttpBackend extends Named {
  readonly kind: "otlp-http";
  readonly endpoint: string;
  readonly headers: BackendHeaders;
}

/** Prometheus remote write: Prometheus, Mimir. */
export interface RemoteWriteBackend extends Named {
  readonly kind: "remote-write";
  readonly endpoint: string;
  readonly headers: BackendHeaders;
}

interface InRegion {
  /** @default the region of the environment's cluster */
  readonly region?: string;
}

/** Amazon Managed Service for Prometheus: remote write whose requests are signed. */
export interface ManagedPrometheusBackend extends Named, InRegion {
  readonly kind: "amp";
  /** Id of the workspace: `ws-…`. */
  readonly workspace: string;
}

/** AWS X-Ray. */
export interface XRayBackend extends Named, InRegion {
  readonly kind: "x-ray";
}

/** CloudWatch metrics, as embedded metric format in a log group. */
export interface CloudWatchMetricsBackend extends Named, InRegion {
  readonly kind: "cloudwatch";
  /** Namespace of the metrics in CloudWatch. */
  readonly namespace: string;
  readonly logGroup: string;
}

/** CloudWatch Logs. */
export interface CloudWatchLogsBackend extends Named, InRegion {
  readonly kind: "cloudwatch-logs";
  readonly logGroup: string;
  readonly logStream: string;
}

/** A back end, and where it stands among those of its signal. */
export interface PlacedBackend {
  readonly signal: "traces" | "metrics" | "logs";
  readonly index: number;
  readonly backend: TraceBackend | MetricBackend | LogBackend;
}

/** All back ends of an environment: those of traces, of metrics, of logs. */
export function backendsOf({ traces, metrics, logs }: TelemetryBackends): readonly PlacedBackend[] {
  return [
    ...traces.map((backend, index): PlacedBackend => ({ signal: "traces", index, backend })),
    ...metrics.map((backend, index): PlacedBackend => ({ signal: "metrics", index, backend })),
    ...logs.map((backend, index): PlacedBackend => ({ signal: "logs", index, backend })),
  ];
}

/** A back end that is a service of the cloud: it asks which cloud role somebody is, and its host follows from the region. */
export type CloudBackend = ManagedPrometheusBackend | XRayBackend | CloudWatchMetricsBackend | CloudWatchLogsBackend;

/** True for a service of the cloud. */
export function isCloudBackend(backend: PlacedBackend["backend"]): backend is CloudBackend {
  return !("endpoint" in backend);
}

/** Headers of each request by name. What is secret names the Secret of the collectors' namespace that holds it. */
export type BackendHeaders = Readonly<Record<string, string | SecretValue>>;

/** A value that a Secret holds: in Git stands only where. */
export interface SecretValue {
  readonly secret: string;
  readonly key: string;
}

export type BackendHeadersInput = Record<string, string | { secret: string; key: string }>;

/** `name` tells back ends of an environment apart. Headers whose value is secret name a Secret instead: `{ secret: "grafana-cloud", key: "token" }`. */
export type TraceBackendInput =
  | { name: string; kind: "otlp-grpc" | "otlp-http"; endpoint: string; headers?: BackendHeadersInput }
  | { name: string; kind: "x-ray"; region?: string };

/** `name` tells back ends of an environment apart. `amp` is Amazon Managed Service for Prometheus, `cloudwatch` the embedded metric format. */
export type MetricBackendInput =
  | { name: string; kind: "remote-write"; endpoint: string; headers?: BackendHeadersInput }
  | { name: string; kind: "amp"; workspace: string; region?: string }
  | { name: string; kind: "cloudwatch"; namespace: string; logGroup: string; region?: string };

/** `name` tells back ends of an environment apart. */
export type LogBackendInput =
  | { name: string; kind: "otlp-http"; endpoint: string; headers?: BackendHeadersInput }
  | { name: string; kind: "cloudwatch-logs"; logGroup: string; logStream: string; region?: string };

export interface TelemetryBackendsInput {
  /** `"host:port"` (OTLP over gRPC), or back ends with names of their own. */
  traces: string | TraceBackendInput[];
  /** A remote-write URL, or back ends with names of their own. */
  metrics: string | MetricBackendInput[];
  /** An OTLP/HTTP base URL, or back ends with names of their own. */
  logs: string | LogBackendInput[];
}

const hostPortField = textField(
  (value) => (/^[a-z0-9.-]+:\d{1,5}$/.test(value) ? undefined : `${JSON.stringify(value)} is not host:port`),
  { expected: "a host and a port", example: '"tempo.monitoring.svc:4317"' },
);

// The words of https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/#url-query that hold credentials, and the usual ones of vendors.
const secretParameter = /(token|secret|signature|password|api[-_]?key|^key|^sig)$/i;

const plainUrl = (value: string): string | undefined => {
  if (!URL.canParse(value)) return undefined;
  const { username, password, searchParams } = new URL(value);
  if (username !== "" || password !== "") return "has a user or a password in clear";
  const parameter = [...searchParams.keys()].find((name) => secretParameter.test(name));
  return parameter === undefined ? undefined : `has ${JSON.stringify(parameter)} in clear`;
};

/** An http(s) URL without credentials: they would lie in Git. */
export const backendUrlField: z.ZodType<string, string> = httpsUrlField
  .check((context) => {
    const message = plainUrl(context.value);
    if (message !== undefined) context.issues.push({ code: "custom", message, input: context.value });
  })
  .meta({
    expected: "an absolute URL without credentials: a header may name a Secret",
    example:
      '"https://metrics.example.com/api/v1/write", headers: { authorization: { secret: "metrics", key: "authorization" } }',
  });

const secretHeader = /auth|token|secret|password|cookie|api[-_]?key/i;

export const backendHeadersSchema: z.ZodType<BackendHeaders, BackendHeadersInput | undefined> = z
  .record(
    textField((value) => (/^[A-Za-z0-9-]+$/.test(value) ? undefined : `${JSON.stringify(value)} is not a header`), {
      expected: "letters, digits and -",
      example: '"X-Scope-OrgID"',
    }),
    z.union([lineField, z.strictObject({ secret: dnsSubdomainField, key: lineField })]).meta({
      expected: "a value that is no secret, or the Secret and the key that hold it",
      example: '{ secret: "grafana-cloud", key: "authorization" }',
    }),
  )
  .check((context) => {
    for (const [name, value] of Object.entries(context.value))
      if (typeof value === "string" && secretHeader.test(name))
        context.issues.push({
          code: "custom",
          message: "is a secret in clear",
          input: context.value,
          path: [name],
        });
  })
  .default({});

const regionField = lineField.exactOptional();
const workspaceField = textField(
  (value) =>
    /^ws-[0-9a-f-]{36}$/.test(value) ? undefined : `${JSON.stringify(value)} is not a workspace of Amazon Prometheus`,
  { expected: "the id of a workspace", example: '"ws-12345678-abcd-1234-abcd-123456789012"' },
);

const otlpGrpc = z.strictObject({
  kind: z.literal("otlp-grpc"),
  name: dnsLabelField,
  endpoint: hostPortField,
  headers: backendHeadersSchema,
});
const otlpHttp = z.strictObject({
  kind: z.literal("otlp-http"),
  name: dnsLabelField,
  endpoint: backendUrlField,
  headers: backendHeadersSchema,
});
const remoteWrite = z.strictObject({
  kind: z.literal("remote-write"),
  name: dnsLabelField,
  endpoint: backendUrlField,
  headers: backendHeadersSchema,
});

const traceBackendsSchema: z.ZodType<readonly TraceBackend[], string | TraceBackendInput[]> = z
  .union([
    hostPortField.transform((endpoint): TraceBackend[] => [
      { kind: "otlp-grpc", name: dnsLabelField.parse("traces"), endpoint, headers: {} },
    ]),
    z
      .array(
        z.discriminatedUnion("kind", [
          otlpGrpc,
          otlpHttp,
          z.strictObject({ kind: z.literal("x-ray"), name: dnsLabelField, region: regionField }),
        ]),
      )
      .min(1),
  ])
  .meta({
    expected: "a host and a port, or a list of back ends",
    example:
      '"tempo.monitoring.svc:4317", or [{ name: "tempo", kind: "otlp-grpc", endpoint: "tempo.monitoring.svc:4317" }]',
  });

const metricBackendsSchema: z.ZodType<readonly MetricBackend[], string | MetricBackendInput[]> = z
  .union([
    backendUrlField.transform((endpoint): MetricBackend[] => [
      { kind: "remote-write", name: dnsLabelField.parse("metrics"), endpoint, headers: {} },
    ]),
    z
      .array(
        z.discriminatedUnion("kind", [
          remoteWrite,
          z.strictObject({
            kind: z.literal("amp"),
            name: dnsLabelField,
            workspace: workspaceField,
            region: regionField,
          }),
          z.strictObject({
            kind: z.literal("cloudwatch"),
            name: dnsLabelField,
            namespace: lineField,
            logGroup: lineField,
            region: regionField,
          }),
        ]),
      )
      .min(1),
  ])
  .meta({
    expected: "a URL that takes remote writes, or a list of back ends",
    example: '"http://prometheus.monitoring.svc:9090/api/v1/write"',
  });

const logBackendsSchema: z.ZodType<readonly LogBackend[], string | LogBackendInput[]> = z
  .union([
    backendUrlField.transform((endpoint): LogBackend[] => [
      { kind: "otlp-http", name: dnsLabelField.parse("logs"), endpoint, headers: {} },
    ]),
    z
      .array(
        z.discriminatedUnion("kind", [
          otlpHttp,
          z.strictObject({
            kind: z.literal("cloudwatch-logs"),
            name: dnsLabelField,
            logGroup: lineField,
            logStream: lineField,
            region: regionField,
          }),
        ]),
      )
      .min(1),
  ])
  .meta({
    expected: "an OTLP/HTTP base URL, or a list of back ends",
    example: '"http://loki-gateway.monitoring.svc/otlp"',
  });

export const telemetryBackendsSchema: z.ZodType<TelemetryBackends, TelemetryBackendsInput> = z
  .strictObject({ traces: traceBackendsSchema, metrics: metricBackendsSchema, logs: logBackendsSchema })
  .meta({
    expected: "where traces, metrics and logs go",
    example:
      '{ traces: "tempo.monitoring.svc:4317", metrics: "http://prometheus.monitoring.svc:9090/api/v1/write", logs: "http://loki.monitoring.svc:3100/otlp" }',
  });
