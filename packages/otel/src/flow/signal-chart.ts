import type { CollectorConfig } from "../configuration/collector-config.ts";
import type { OptionValue } from "../configuration/component.ts";
import type { Signal } from "../configuration/signal.ts";
import { componentLines, type Destination, destinationOf } from "./component-details.ts";
import type { Flowchart, FlowEdge, FlowNode } from "./mermaid.ts";
import type { Station } from "./station.ts";

/** Something that sends to a collector: its box, the port that it sends to, and how. */
export interface Sender {
  readonly lines: readonly string[];
  /** The host of the collector, and the port of the receiver. */
  readonly host: string;
  readonly port: number;
  /** What stands on the arrow: `OTLP/gRPC`. */
  readonly protocol: string;
}

/**
 * The way of one signal through collectors: from senders over receivers, processors in their order and connectors to exporters, and from those to the next
 * collector or to where it ends. What is drawn is what the configurations say.
 */
export function signalChart(signal: Signal, stations: readonly Station[], senders: readonly Sender[]): Flowchart {
  const ways = stations.map((station) => stationWay(signal, station));
  const edges: FlowEdge[] = [...ways.flatMap((way) => way.edges)];
  const nodes: FlowNode[] = [];
  const add = (node: FlowNode): void => {
    if (!nodes.some(({ key }) => key === node.key)) nodes.push(node);
  };
  senders.forEach(({ lines, host, port, protocol }, index) => {
    const receiver = receiverAt(ways, host, port);
    if (receiver === undefined) return;
    add({ key: `sender ${index}`, lines, shape: "source" });
    edges.push({ from: `sender ${index}`, to: receiver, label: `${protocol} :${port}` });
  });
  for (const { exporters } of ways)
    for (const { key, id, destination } of exporters) {
      if (destination === undefined) continue;
      const receiver =
        destination.port === undefined ? undefined : receiverAt(ways, destination.host, destination.port);
      const label = protocolOf(id, destination);
      if (receiver !== undefined) edges.push({ from: key, to: receiver, ...label });
      else {
        add({ key: `end ${destination.written}`, lines: [destination.written], shape: "store" });
        edges.push({ from: key, to: `end ${destination.written}`, ...label });
      }
    }
  return {
    groups: ways
      .filter((way) => way.nodes.length > 0)
      .map((way) => ({ title: `${way.station.name}: ${way.station.what}`, nodes: way.nodes })),
    nodes,
    edges,
  };
}

/** A signal inside of one collector. */
interface StationWay {
  readonly station: Station;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly receivers: readonly { readonly key: string; readonly ports: readonly number[] }[];
  readonly exporters: readonly {
    readonly key: string;
    readonly id: string;
    readonly destination: Destination | undefined;
  }[];
}

function stationWay(signal: Signal, station: Station): StationWay {
  const { config, name } = station;
  const pipelines = Object.entries(config.service.pipelines).filter(([id]) => id.split("/")[0] === signal);
  const nodes = new Map<string, FlowNode>();
  const key = (section: string, id: string, pipeline = ""): string => JSON.stringify([name, section, id, pipeline]);
  const edges: FlowEdge[] = [];
  const receivers = new Map<string, { key: string; ports: readonly number[] }>();
  const exporters = new Map<string, { key: string; id: string; destination: Destination | undefined }>();
  const end = (section: "receivers" | "exporters", id: string): string => {
    const connector = config.connectors !== undefined && Object.hasOwn(config.connectors, id);
    const own = connector ? key("connectors", id) : key(section, id);
    const options = connector ? config.connectors?.[id] : config[section][id];
    if (!nodes.has(own))
      nodes.set(own, {
        key: own,
        lines: [...componentLines(id, options), ...(connector ? otherSignals(signal, config, id) : [])],
        ...(section === "receivers" && !connector ? { shape: "source" as const } : {}),
      });
    if (!connector && section === "receivers") receivers.set(own, { key: own, ports: portsOf(options) });
    if (!connector && section === "exporters")
      exporters.set(own, { key: own, id, destination: destinationOf(options) });
    return own;
  };
  for (const [pipeline, { receivers: sources, processors = [], exporters: sinks }] of pipelines) {
    const begins = sources.map((id) => end("receivers", id));
    const steps = processors.map((id) => {
      const own = key("processors", id, pipeline);
      nodes.set(own, { key: own, lines: componentLines(id, config.processors?.[id]) });
      return own;
    });
    const ends = sinks.map((id) => end("exporters", id));
    const [first] = steps;
    const last = steps.at(-1);
    for (const [index, step] of steps.entries()) {
      const next = steps[index + 1];
      if (next !== undefined) edges.push({ from: step, to: next });
    }
    if (first === undefined || last === undefined) {
      for (const from of begins) for (const to of ends) edges.push({ from, to });
    } else {
      for (const from of begins) edges.push({ from, to: first });
      for (const to of ends) edges.push({ from: last, to });
    }
  }
  return {
    station,
    nodes: [...nodes.values()],
    edges,
    receivers: [...receivers.values()],
    exporters: [...exporters.values()],
  };
}

/** Where a connector leads to, or comes from, when that is another signal. */
function otherSignals(signal: Signal, { service }: CollectorConfig, connector: string): string[] {
  const named = (field: "receivers" | "exporters"): string[] => [
    ...new Set(
      Object.entries(service.pipelines)
        .filter(([, pipeline]) => pipeline[field].includes(connector))
        .map(([id]) => id.split("/")[0] ?? id)
        .filter((other) => other !== signal),
    ),
  ];
  return [
    ...named("exporters").map((other) => `from ${other}`),
    ...named("receivers").map((other) => `becomes ${other}`),
  ];
}

/** Every port that a receiver's options name. */
function portsOf(options: OptionValue | undefined): readonly number[] {
  if (typeof options !== "object" || options === null) return [];
  const members: readonly (readonly [string, unknown])[] = Object.entries(options);
  return members.flatMap(([name, value]) => {
    if (name === "endpoint" && typeof value === "string") {
      const match = /:(\d+)$/.exec(value);
      return match === null ? [] : [Number(match[1])];
    }
    return isOptionValue(value) ? portsOf(value) : [];
  });
}

function isOptionValue(value: unknown): value is OptionValue {
  return typeof value === "object" && value !== null;
}

function receiverAt(ways: readonly StationWay[], host: string, port: number): string | undefined {
  return ways
    .filter(({ station }) => station.hosts.includes(host))
    .flatMap(({ receivers }) => receivers)
    .find(({ ports }) => ports.includes(port))?.key;
}

// What each exporter speaks.
const protocols: Readonly<Record<string, string>> = {
  otlp_grpc: "OTLP/gRPC",
  otlp_http: "OTLP/HTTP",
  load_balancing: "OTLP/gRPC",
  prometheus_remote_write: "remote write",
};

function protocolOf(id: string, { port }: Destination): { readonly label?: string } {
  const [type = id] = id.split("/");
  const spoken = Object.hasOwn(protocols, type) ? protocols[type] : undefined;
  return spoken === undefined ? {} : { label: port === undefined ? spoken : `${spoken} :${port}` };
}
