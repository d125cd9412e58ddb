import { type Options, written } from "./component.ts";

/** What a collector says about itself. */
export interface SelfTelemetry {
  /** The port on which its metrics can be scraped. @default 8888 */
  readonly port?: number;
  /** How many metrics: `basic` covers what the alerts read. @default "normal" */
  readonly level?: "none" | "basic" | "normal" | "detailed";
  /** How its log lines are written. @default "console" */
  readonly logs?: "json" | "console";
}

/**
 * `service.telemetry`: a reader that Prometheus scrapes on every address of the pod.
 *
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
export function selfTelemetryOptions({ port = 8888, level, logs }: SelfTelemetry): Options {
  return written({
    metrics: written({ level, readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port } } } }] }),
    logs: logs === undefined ? undefined : { encoding: logs },
  });
}
