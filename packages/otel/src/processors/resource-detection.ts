import { type Processor, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface ResourceDetectionOptions {
  /** Who is asked, in this order. `env` reads OTEL_RESOURCE_ATTRIBUTES, `k8s_api` needs `get` on nodes. */
  readonly detectors: readonly (
    | "env"
    | "system"
    | "docker"
    | "k8s_api"
    | "ec2"
    | "eks"
    | "ecs"
    | "gcp"
    | "azure"
    | "aks"
  )[];
  /** Whether what is detected replaces what the data says. @default false; the collector's own default is true */
  readonly override?: boolean;
  /** How long one is asked. @default "5s" */
  readonly timeout?: Duration;
  /** Tells two processors apart. */
  readonly name?: string;
}

/**
 * Adds what the collector can find out about the place where it runs.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 * @example
 * resourceDetection({ detectors: ["env"] });
 */
export function resourceDetection({
  detectors,
  override = false,
  timeout,
  name,
}: ResourceDetectionOptions): Processor<Signal> {
  return {
    kind: "processor",
    type: "resource_detection",
    ...(name === undefined ? {} : { name }),
    options: written({ detectors, override, timeout }),
    carries: everySignal,
  };
}
