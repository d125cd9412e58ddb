import { type Exporter, written } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface DebugOptions {
  /** How much of the data is shown. @default "basic": only how much there was */
  readonly verbosity?: "basic" | "normal" | "detailed";
  /** Tells two exporters apart. */
  readonly name?: string;
}

/**
 * Writes data to the collector's own log, to look at.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/debugexporter
 * @example
 * debug({ verbosity: "detailed" });
 */
export function debug({ verbosity, name }: DebugOptions = {}): Exporter<Signal> {
  return {
    kind: "exporter",
    type: "debug",
    ...(name === undefined ? {} : { name }),
    options: written({ verbosity }),
    accepts: everySignal,
  };
}
