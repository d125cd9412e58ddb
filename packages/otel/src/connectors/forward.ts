import type { Connector } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

/**
 * Leads data from one pipeline to another of the same signal.
 *
 * @param name tells two apart: `forward/sampled`
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/connector/forwardconnector
 * @example
 * const sampled = forward("sampled");
 * pipeline("traces/in", from(otlp()), [memoryLimiter()], to(sampled));
 * pipeline("traces/sampled", from(sampled), [tailSampling([keepErrors()])], to(debug()));
 */
export function forward(name?: string): Connector<Signal, Signal> {
  return {
    kind: "connector",
    type: "forward",
    ...(name === undefined ? {} : { name }),
    options: {},
    accepts: everySignal,
    emits: everySignal,
  };
}
