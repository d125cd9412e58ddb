import type { Receiver } from "../configuration/component.ts";
import { logsOnly } from "../configuration/signal.ts";

export interface FluentForwardOptions {
  /** Address and port, or `unix://` and a path. @default "0.0.0.0:8006" */
  readonly endpoint?: string;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/**
 * Takes log records as Fluentd and Fluent Bit forward them: for the time of a migration. The protocol is not encrypted here. `fluentforward` before
 * collector 0.151.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/fluentforwardreceiver
 * @example
 * fluentForward();
 */
export function fluentForward({ endpoint = "0.0.0.0:8006", name }: FluentForwardOptions = {}): Receiver<"logs"> {
  return {
    kind: "receiver",
    type: "fluent_forward",
    ...(name === undefined ? {} : { name }),
    options: { endpoint },
    emits: logsOnly,
  };
}
