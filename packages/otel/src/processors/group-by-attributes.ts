import type { Processor } from "../configuration/component.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

/**
 * Puts data of equal attributes under one resource, and moves those attributes to it. Without attributes it joins equal resources.
 *
 * @param keys attributes: `["k8s.pod.name"]`
 * @param name tells two processors apart
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/groupbyattrsprocessor
 * @example
 * groupByAttributes(["k8s.pod.name"]);
 */
export function groupByAttributes(keys: readonly string[] = [], name?: string): Processor<Signal> {
  return {
    kind: "processor",
    type: "groupbyattrs",
    ...(name === undefined ? {} : { name }),
    options: keys.length === 0 ? {} : { keys },
    carries: everySignal,
  };
}
