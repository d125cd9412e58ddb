import type {
  BackendHeaders,
  Environment,
  LogBackend,
  MetricBackend,
  PlacedBackend,
  SecretValue,
  TraceBackend,
} from "@plinth/core";
import { backendsOf } from "@plinth/core";
import type { Sink } from "../configuration/component.ts";
import { literalText } from "../configuration/expansion.ts";
import { awsCloudwatchLogs } from "../exporters/aws-cloudwatch-logs.ts";
import { awsEmf } from "../exporters/aws-emf.ts";
import { awsXray } from "../exporters/aws-xray.ts";
import type { ClientTls } from "../exporters/client-tls.ts";
import type { Delivery } from "../exporters/delivery.ts";
import { otlpGrpc } from "../exporters/otlp-grpc.ts";
import { otlpHttp } from "../exporters/otlp-http.ts";
import { prometheusRemoteWrite } from "../exporters/prometheus-remote-write.ts";
import { sigv4Auth } from "../extensions/sigv4-auth.ts";

/** How a back end that is given as `host:port` is spoken to: in plain text inside the cluster, by TLS everywhere else. */
export function protectionFor(hostAndPort: string): { readonly tls?: ClientTls } {
  const host = hostAndPort.replace(/:\d+$/, "");
  const inCluster = !host.includes(".") || /\.svc(\.cluster\.local)?$/.test(host);
  return inCluster ? { tls: "plaintext" } : {};
}

/**
 * What a back end that is away is waited for: data is tried again for an hour. Longer, and what a back end refuses for good under a wrong status would hold
 * up everything behind it.
 */
export const patience = { maxElapsedTime: "1h" } as const;

/**
 * Remote writes that wait for a back end: 200 of 8192 points are some 300 MB. The exporter tries again only within its `timeout`, and drops what is not sent by
 * then: with the usual 5 s it would lose everything of a back end that is away for longer.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.158.0/exporter/prometheusremotewriteexporter/exporter.go `execute`
 */
const queued = { writeQueue: { size: 200 }, timeout: patience.maxElapsedTime, retry: patience } as const;

/**
 * Remote writes that are answered for: one attempt, whose failure the sender learns of and tries again. The exporter calls its own timeout a failure for good, so
 * that the sender's ends first.
 */
const handedThrough = { writeQueue: "off", timeout: "1m", retry: "off" } as const;

/** Where spans go. Exporters of the cloud have no queue, so that a `batch` stands before them. */
export function traceExporter({ cluster }: Environment, backend: TraceBackend, delivery: Delivery): Sink<"traces"> {
  const { name } = backend;
  switch (backend.kind) {
    case "otlp-grpc":
      return otlpGrpc({
        name,
        endpoint: backend.endpoint,
        ...protectionFor(backend.endpoint),
        ...headersOf(backend),
        ...delivery,
      });
    case "otlp-http":
      return otlpHttp({ name, endpoint: backend.endpoint, ...headersOf(backend), ...delivery });
    case "x-ray":
      return awsXray({ name, region: backend.region ?? cluster.region });
  }
}

/** How metrics become series: see `prometheusRemoteWrite`. */
export interface SeriesOptions {
  readonly resourceLabels?: boolean;
  readonly scopeLabels?: boolean;
  /** Answers the sender when the back end has answered, and keeps nothing. @default false: what waits is in memory */
  readonly handsThrough?: boolean;
}

/** Where metrics go. Several pods write for one service: `target_info` would be one series that all of them write, and Prometheus refuses the second. */
export function metricExporter(
  { cluster }: Environment,
  backend: MetricBackend,
  { handsThrough = false, ...series }: SeriesOptions,
): Sink<"metrics"> {
  const { name } = backend;
  const delivery = handsThrough ? handedThrough : queued;
  switch (backend.kind) {
    case "remote-write":
      return prometheusRemoteWrite({
        name,
        endpoint: backend.endpoint,
        ...headersOf(backend),
        ...series,
        targetInfo: false,
        ...delivery,
      });
    case "amp": {
      const region = backend.region ?? cluster.region;
      return prometheusRemoteWrite({
        name,
        // https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-remote-write-EKS.html
        endpoint: `https://aps-workspaces.${region}.amazonaws.com/workspaces/${backend.workspace}/api/v1/remote_write`,
        auth: sigv4Auth({ name, region, service: "aps" }),
        ...series,
        targetInfo: false,
        ...delivery,
      });
    }
    case "cloudwatch":
      return awsEmf({
        name,
        region: backend.region ?? cluster.region,
        namespace: backend.namespace,
        logGroup: backend.logGroup,
        resourceLabels: series.resourceLabels ?? false,
        dimensionRollup: "NoDimensionRollup",
      });
  }
}

/** Where log records go. */
export function logExporter({ cluster }: Environment, backend: LogBackend, delivery: Delivery): Sink<"logs"> {
  const { name } = backend;
  switch (backend.kind) {
    case "otlp-http":
      return otlpHttp({ name, endpoint: backend.endpoint, ...headersOf(backend), ...delivery });
    case "cloudwatch-logs":
      return awsCloudwatchLogs({
        name,
        region: backend.region ?? cluster.region,
        logGroup: backend.logGroup,
        logStream: backend.logStream,
        ...(delivery.queue === undefined ? {} : { queue: delivery.queue }),
        ...(delivery.retry === undefined ? {} : { retry: delivery.retry }),
      });
  }
}

/** True for a back end whose exporter has no queue of its own. */
export function needsBatch({ kind }: PlacedBackend["backend"]): boolean {
  return kind === "x-ray" || kind === "cloudwatch";
}

function headersOf({ name, headers }: { readonly name: string; readonly headers: BackendHeaders }): {
  readonly headers?: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(headers);
  return entries.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          entries.map(([header, value]) => [
            header,
            typeof value === "string" ? literalText(value) : `\${env:${variableOf(name, header)}}`,
          ]),
        ),
      };
}

function variableOf(backend: string, header: string): string {
  return `BACKEND_${backend}_${header}`.toUpperCase().replaceAll("-", "_");
}

/** The environment variables of secret headers, and the Secrets that hold them, for the back ends of some signals. */
export function backendSecrets(
  { telemetry }: Environment,
  signals: readonly PlacedBackend["signal"][],
): Readonly<Record<string, SecretValue>> {
  return Object.fromEntries(
    backendsOf(telemetry.backends)
      .filter(({ signal }) => signals.includes(signal))
      .flatMap(({ backend }) =>
        "headers" in backend
          ? Object.entries(backend.headers).flatMap(([header, value]) =>
              typeof value === "string" ? [] : [[variableOf(backend.name, header), value] as const],
            )
          : [],
      ),
  );
}
