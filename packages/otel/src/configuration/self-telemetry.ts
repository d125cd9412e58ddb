import { type Options, written } from "./component.ts";

/** What a collector says about itself. */
export interface SelfTelemetry {
  /** The port on which its metrics can be scraped. @default 8888 */
  readonly port?: number;
  /** How many metrics: `basic` covers what the alerts read. @default "normal" */
  readonly level?: "none" | "basic" | "normal" | "detailed";
  /** How its log lines are written. @default "console" */
  readonly logs?: "json" | "console";
  /** What it calls itself: `service.instance.id` of its own data, and of what its connectors count. @default another name at each start */
  readonly instance?: string;
}

/**
 * `service.telemetry`: a reader that Prometheus scrapes on every address of the pod.
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
export function selfTelemetryOptions({ port = 8888, level, logs, instance }: SelfTelemetry): Options {
  return written({
    metrics: written({ level, readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port } } } }] }),
    logs: logs === undefined ? undefined : { encoding: logs },
    resource: instance === undefined ? undefined : { "service.instance.id": instance },
  });
}
