import { type Finding, isRecord } from "@plinth/core";
import { type CollectorConfig, isOptions } from "../configuration/collector-config.ts";
import { typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { report } from "./rule.ts";

/** One collector of several that work together. */
export interface CollectorInLayers {
  readonly name: string;
  readonly config: CollectorConfig;
  /** How many of it run. */
  readonly replicas: number;
  /** Host names that lead to each of its pods: of its headless Service. */
  readonly hosts: readonly string[];
}

/** What needs all spans of a trace in one collector: processors, and connectors that pair spans. */
const wholeTraces = {
  processors: new Set(["tail_sampling", "groupbytrace"]),
  connectors: new Set(["service_graph"]),
} as const;

/**
 * Collectors that need whole traces and run more than once without a layer before them that balances by trace: each would see a part of every trace, and
 * decide on that. One that runs alone needs no layer.
 *
 * @returns findings whose `path` begins with the collector's name: `otel-gateway.processors.tail_sampling`
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor#scaling-collectors-with-the-tail-sampling-processor
 * @example
 * const { config } = compileCollector({ pipelines: [pipeline("traces", from(otlp()), [tailSampling([keepErrors()])], to(debug()))] });
 * checkBalancing([{ name: "gateway", config, replicas: 3, hosts: ["gateway.opentelemetry.svc"] }]).length; // 1
 */
export function checkBalancing(collectors: readonly CollectorInLayers[]): Finding[] {
  return collectors
    .filter(({ replicas }) => replicas > 1)
    .flatMap((collector) => {
      const balanced = collectors.some(
        (other) => other !== collector && balancesTracesTo(other.config, collector.hosts),
      );
      return balanced
        ? []
        : needsWholeTraces(collector.config).map((path) =>
            report("balanced-traces", `${collector.name}.${path}`, {
              message: `${collector.name} runs more than once, and no collector before it balances by trace: each pod would see a part of every trace`,
              expected: `an exporter load_balancing with the routing key traceID to ${collector.hosts.join(" or ")}, or one replica`,
              example: `loadBalancing({ by: "traceID", backends: { dns: { hostname: "${collector.hosts[0] ?? collector.name}" } } })`,
            }),
          );
    });
}

function needsWholeTraces({ processors = {}, connectors = {} }: CollectorConfig): readonly string[] {
  return [
    ...Object.keys(processors)
      .filter((id) => wholeTraces.processors.has(currentType("processor", typeOf(id))))
      .map((id) => `processors.${id}`),
    ...Object.keys(connectors)
      .filter((id) => wholeTraces.connectors.has(currentType("connector", typeOf(id))))
      .map((id) => `connectors.${id}`),
  ];
}

/** Whether a pipeline of traces leaves through an exporter that sends all spans of a trace to one of these hosts. */
function balancesTracesTo({ exporters, service }: CollectorConfig, hosts: readonly string[]): boolean {
  return Object.entries(service.pipelines).some(
    ([pipeline, ends]) =>
      pipeline.split("/", 1)[0] === "traces" &&
      ends.exporters.some((id) => {
        const options = exporters[id];
        if (currentType("exporter", typeOf(id)) !== "load_balancing" || !isOptions(options ?? undefined)) return false;
        const { routing_key: key = "traceID", resolver } = options ?? {};
        return key === "traceID" && backendsOf(resolver).some((host) => hosts.some((own) => isSameHost(host, own)));
      }),
  );
}

function backendsOf(resolver: unknown): readonly string[] {
  if (!isRecord(resolver)) return [];
  const { dns, k8s, static: fixed } = resolver;
  return [
    ...(isRecord(dns) && typeof dns["hostname"] === "string" ? [dns["hostname"]] : []),
    // Its endpoints are watched: any Service of the pods names them all, and the headless one has another's name and a word more.
    ...(isRecord(k8s) && typeof k8s["service"] === "string"
      ? [k8s["service"], k8s["service"].replace(".", "-headless.")]
      : []),
    ...(isRecord(fixed) && Array.isArray(fixed["hostnames"])
      ? fixed["hostnames"].flatMap((host: unknown) => (typeof host === "string" ? [host] : []))
      : []),
  ];
}

/** `sampling.opentelemetry`, with `.svc` and the cluster's domain or without, and with a port or without, are one host. A pod of a headless Service is, too. */
function isSameHost(one: string, other: string): boolean {
  const bare = (host: string): string => host.replace(/:\d+$/, "").replace(/\.svc(\..*)?$/, "");
  return bare(one) === bare(other) || bare(one).endsWith(`.${bare(other)}`);
}
