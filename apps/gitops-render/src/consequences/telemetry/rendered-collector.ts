import { fieldAt, isRecord, once, textAt } from "@plinth/core";
import { type CollectorConfig, collectorConfigOf } from "@plinth/otel";
import type { TreeObject } from "../../comparison/tree-comparison.ts";

/** A collector as it is rendered. */
export interface RenderedCollector {
  readonly object: TreeObject;
  readonly name: string;
  /** Left out where it cannot be read. */
  readonly config?: CollectorConfig;
}

export const collectorOf: (object: TreeObject) => RenderedCollector = once((object: TreeObject) => {
  const config = collectorConfigOf(object.resource);
  return { object, name: object.resource.metadata.name, ...(config === undefined ? {} : { config }) };
});

/** A place to which telemetry goes, of one signal. */
export interface Destination {
  /** `traces`, `metrics`, `logs`. */
  readonly signal: string;
  /** Host and port, or what the exporter is for; never credentials. */
  readonly place: string;
  /** False for a host of the cluster itself. */
  readonly outside: boolean;
  /** How the connection is protected. */
  readonly transport: "encrypted" | "unchecked" | "in the clear";
}

/** Where a collector sends what passes it: exporters that a pipeline uses. */
export function destinationsOf({ exporters, service }: CollectorConfig): readonly Destination[] {
  return Object.entries(service.pipelines).flatMap(([pipeline, { exporters: used }]) =>
    used.flatMap((id): readonly Destination[] => {
      const options = exporters[id];
      if (options === undefined) return [];
      const place = placeOf(id, options);
      return place === undefined
        ? []
        : [{ signal: pipeline.split("/")[0] ?? pipeline, ...place, transport: transportOf(id, options) }];
    }),
  );
}

const services: Readonly<Record<string, string>> = {
  aws_xray: "AWS X-Ray",
  awsxray: "AWS X-Ray",
  aws_cloudwatch_logs: "Amazon CloudWatch Logs",
  awscloudwatchlogs: "Amazon CloudWatch Logs",
  aws_emf: "Amazon CloudWatch",
  awsemf: "Amazon CloudWatch",
};

function placeOf(id: string, options: unknown): Pick<Destination, "place" | "outside"> | undefined {
  const type = typeOf(id);
  if (type === "debug" || type === "nop") return undefined;
  const service = services[type];
  if (service !== undefined) {
    const region = textAt(options, "region");
    return { place: region === "" ? service : `${service} in ${region}`, outside: true };
  }
  const address =
    textAt(options, "endpoint") ||
    textAt(options, "resolver", "dns", "hostname") ||
    textAt(options, "resolver", "k8s", "service") ||
    textAt(options, "traces_endpoint") ||
    textAt(options, "metrics_endpoint") ||
    textAt(options, "logs_endpoint");
  if (address === "") return { place: id, outside: false };
  const host = hostOf(address);
  return { place: host, outside: isOutside(host) };
}

/** `host:port` of an address, without scheme, path and credentials. */
function hostOf(address: string): string {
  return address
    .replace(/^[a-z+]+:\/\//, "")
    .replace(/[/?#].*$/, "")
    .replace(/^.*@/, "");
}

/** Names of services of the cluster end in `.svc` or its domain, or have no dot after the namespace. */
function isOutside(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/\.$/, "");
  const inside =
    /\.svc(?:\.[a-z0-9.-]+)?$|\.local$|^localhost$|^127\.|^\[?::1\]?$|\$\{env:/.test(name) ||
    name.split(".").length < 3;
  return (
    !inside ||
    (/^\d+\.\d+\.\d+\.\d+$/.test(name) && !/^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(name))
  );
}

function transportOf(id: string, options: unknown): Destination["transport"] {
  const tls = fieldAt(options, "tls") ?? fieldAt(options, "protocol", "otlp", "tls");
  const address = textAt(options, "endpoint");
  if (fieldAt(tls, "insecure") === true || address.startsWith("http://")) return "in the clear";
  if (fieldAt(tls, "insecure_skip_verify") === true) return "unchecked";
  return services[typeOf(id)] === undefined && address === "" && !isRecord(tls) ? "in the clear" : "encrypted";
}

/** `otlp_grpc` of `otlp_grpc/traces`. */
export function typeOf(id: string): string {
  return id.split("/")[0] ?? id;
}
