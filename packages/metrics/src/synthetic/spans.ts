import {
  type Dependency,
  dependenciesOf,
  type Environment,
  type Language,
  namespaceOf,
  type Platform,
  portsOf,
  type Service,
  servicesIn,
} from "@plinth/core";
import type { Metric } from "../catalogue/metric.ts";
import { spanMetrics } from "../span-metrics/profile.ts";
import { serviceGraphMetrics } from "../span-metrics/service-graph.ts";
import { pairs, type Row } from "./row.ts";
import type { Workload } from "./workloads.ts";

const { labels, kinds, statuses } = spanMetrics;

/**
 * The spans of an environment's services as the labels of their metrics: what a service answers, what it calls, what it reads from and writes to queues. A
 * service that sends nothing has none.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/general/trace/
 */
export function spanRows(platform: Platform, environment: Environment): readonly Row[] {
  return servicesIn(platform, environment)
    .filter(({ instrumentation }) => instrumentation.mode !== "none")
    .flatMap((service) => {
      const whose: Row = {
        [labels.service]: service.name,
        [labels.serviceNamespace]: namespaceOf(platform, service),
        [labels.environment]: environment.name,
      };
      const spans = [
        ...served(service).map((name) => ({ [labels.kind]: kinds.server, [labels.span]: name })),
        ...dependenciesOf(platform, service, environment).flatMap(called),
      ];
      return pairs(
        pairs([whose], spans),
        [statuses.unset, statuses.error].map((status) => ({ [labels.status]: status })),
      );
    });
}

// The operations that a service of each protocol has in this world; a model names routes only in promises.
function served(service: Service): readonly string[] {
  const routes = (service.promises ?? []).flatMap((promise) =>
    "route" in promise && promise.route !== undefined
      ? [`GET ${promise.route.replaceAll("**", "list").replaceAll("*", "1")}`]
      : [],
  );
  const byProtocol = portsOf(service).flatMap(({ protocol }) => {
    if (protocol === "http") return ["GET /", "GET /health", "POST /"];
    return protocol === "grpc" ? [rpc(service.name, "Get"), rpc(service.name, "List")] : [];
  });
  return [...new Set([...byProtocol, ...routes])];
}

function called(dependency: Dependency): readonly Row[] {
  const span = (kind: string, name: string): Row => ({ [labels.kind]: kind, [labels.span]: name });
  switch (dependency.kind) {
    case "service":
      return dependency.port.protocol === "grpc"
        ? [span(kinds.client, rpc(dependency.service.name, "Get"))]
        : [span(kinds.client, "GET")];
    case "external":
      return [span(kinds.client, "POST")];
    case "data-store": {
      const { dataStore, access } = dependency;
      const [topic = dataStore.name] = dataStore.topics;
      if (access === "produces") return [span(kinds.producer, `send ${topic}`)];
      if (access === "consumes") return [span(kinds.consumer, `process ${topic}`)];
      return [span(kinds.client, `SELECT ${dataStore.name}`)];
    }
  }
}

function rpc(service: string, method: string): string {
  const title = service.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return `shop.${title}Service/${method}`;
}

// Which languages' instrumentations write a metric: https://opentelemetry.io/docs/specs/semconv/runtime/
const languagesOf: readonly { readonly begins: string; readonly languages: readonly Language[] }[] = [
  { begins: "jvm_", languages: ["java", "kotlin"] },
  { begins: "kafka_", languages: ["java", "kotlin"] },
  { begins: "nodejs_", languages: ["nodejs"] },
  { begins: "v8js_", languages: ["nodejs"] },
  { begins: "dotnet_", languages: ["dotnet"] },
  { begins: "go_", languages: ["go"] },
];

/** The programs that write a metric of an SDK: those of its language, those with a port of its protocol, those that read from a queue. */
export function programRows(
  { name }: Metric,
  platform: Platform,
  environment: Environment,
  workloads: readonly Workload[],
): readonly Row[] {
  const languages = languagesOf.find(({ begins }) => name.startsWith(begins))?.languages;
  return servicesIn(platform, environment)
    .filter(
      (service) =>
        service.instrumentation.mode !== "none" &&
        (languages === undefined || languages.includes(service.language)) &&
        (!name.startsWith("kafka_") || service.consumes.length > 0) &&
        (!name.startsWith("http_server_") || portsOf(service).some(({ protocol }) => protocol === "http")) &&
        (!name.startsWith("rpc_server_") || portsOf(service).some(({ protocol }) => protocol === "grpc")),
    )
    .flatMap((service) =>
      (workloads.find((workload) => workload.service === service.name)?.pods ?? []).map((pod) => ({
        [labels.service]: service.name,
        [labels.environment]: environment.name,
        k8s_pod_name: pod.name,
      })),
    );
}

/**
 * Who calls whom, as the labels of the service graph's metrics. Who calls from outside is `user`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/servicegraphconnector
 */
export function edgeRows(platform: Platform, environment: Environment): readonly Row[] {
  const names = serviceGraphMetrics.labels;
  const traced = servicesIn(platform, environment).filter(({ instrumentation }) => instrumentation.mode !== "none");
  const inside = traced.flatMap((client) =>
    dependenciesOf(platform, client, environment).map(
      (dependency): Row => ({ [names.client]: client.name, ...serverOf(dependency) }),
    ),
  );
  const outside = traced
    .filter(({ publicPort }) => publicPort !== undefined)
    .map(({ name }): Row => ({ [names.client]: "user", [names.server]: name, [names.connection]: "virtual_node" }));
  return pairs(
    pairs([{ [names.environment]: environment.name }], [...outside, ...inside]),
    ["false", "true"].map((failed) => ({ [names.failed]: failed })),
  );
}

function serverOf(dependency: Dependency): Row {
  const { server, connection } = serviceGraphMetrics.labels;
  switch (dependency.kind) {
    case "service":
      return { [server]: dependency.service.name };
    case "external":
      return { [server]: dependency.host.host, [connection]: "virtual_node" };
    case "data-store":
      return {
        [server]: dependency.dataStore.name,
        [connection]: dependency.access === "client" ? "database" : "messaging_system",
      };
  }
}
