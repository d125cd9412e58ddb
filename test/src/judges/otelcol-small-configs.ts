import type { CollectorConfig, Options, Signal } from "@plinth/otel";

const otlp: Options = { protocols: { grpc: {} } };
const debug: Options = {};

/** The smallest collector with one receiver. */
export function withReceiver(id: string, options: Options, signal: Signal = "traces"): CollectorConfig {
  return {
    receivers: { [id]: options },
    exporters: { debug },
    service: { pipelines: { [signal]: { receivers: [id], exporters: ["debug"] } } },
  };
}

/** The smallest collector with one processor. */
export function withProcessor(id: string, options: Options, signal: Signal = "traces"): CollectorConfig {
  return {
    receivers: { otlp },
    processors: { [id]: options },
    exporters: { debug },
    service: { pipelines: { [signal]: { receivers: ["otlp"], processors: [id], exporters: ["debug"] } } },
  };
}

/** The smallest collector with one exporter. */
export function withExporter(id: string, options: Options, signal: Signal = "traces"): CollectorConfig {
  return {
    receivers: { otlp },
    exporters: { [id]: options },
    service: { pipelines: { [signal]: { receivers: ["otlp"], exporters: [id] } } },
  };
}

/** The smallest collector with one connector between two pipelines. */
export function withConnector(id: string, options: Options, from: Signal, to: Signal): CollectorConfig {
  return {
    receivers: { otlp },
    connectors: { [id]: options },
    exporters: { debug },
    service: {
      pipelines: {
        [`${from}/in`]: { receivers: ["otlp"], exporters: [id] },
        [`${to}/out`]: { receivers: [id], exporters: ["debug"] },
      },
    },
  };
}

/** The smallest collector with one extension. */
export function withExtension(id: string, options: Options): CollectorConfig {
  return {
    receivers: { otlp },
    exporters: { debug },
    extensions: { [id]: options },
    service: { extensions: [id], pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
  };
}
