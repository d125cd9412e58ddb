import type { Finding } from "@plinth/core";
import { typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { type CheckedConfig, type CheckedPipeline, nextPipelines } from "./checked-config.ts";
import { report } from "./rule.ts";

/** Processors that decide what is kept. */
const samplers: ReadonlySet<string> = new Set(["tail_sampling", "probabilistic_sampler"]);
/** Connectors that count what passes: after a sampler they count what was kept. */
const countingConnectors: ReadonlySet<string> = new Set(["span_metrics", "service_graph", "count"]);
/** Processors that put what came in together, and lose from whom it came. */
const batching: ReadonlySet<string> = new Set(["batch", "tail_sampling", "groupbytrace"]);
/** Processors that ask from whom the data came: each README. */
const readsConnection: ReadonlySet<string> = new Set(["k8s_attributes"]);
/** Processors that drop: they stand before `batch`, so that full batches leave. */
const dropping: ReadonlySet<string> = new Set([...samplers, "filter", "memory_limiter"]);

const processorType = (id: string): string => currentType("processor", typeOf(id));
const connectorType = (id: string): string => currentType("connector", typeOf(id));

/**
 * The memory limiter stands first: it refuses data before anything was done with it, and the sender tries again.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/memorylimiterprocessor/README.md
 */
export function checkMemoryLimiter({ pipelines }: CheckedConfig): Finding[] {
  return pipelines.flatMap(({ path, processors }) =>
    processors.flatMap((id, index): Finding[] =>
      processorType(id) === "memory_limiter" && index > 0
        ? [
            report("memory-limiter-first", `${path}.processors[${index}]`, {
              message: `${id} stands after ${processors.slice(0, index).join(", ")}`,
              expected: "the memory limiter first in its pipeline",
              example: `[${[id, ...processors.filter((other) => other !== id)].join(", ")}]`,
            }),
          ]
        : [],
    ),
  );
}

/**
 * `batch` stands after all that drops, and what asks from whom the data came stands before all that puts data together.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/batchprocessor/README.md
 */
export function checkBatching({ pipelines }: CheckedConfig): Finding[] {
  return pipelines.flatMap(({ path, processors }) =>
    processors.flatMap((id, index): Finding[] => {
      const earlier = processors.slice(0, index);
      const at = `${path}.processors[${index}]`;
      const batch = earlier.find((other) => processorType(other) === "batch");
      if (batch !== undefined && dropping.has(processorType(id))) {
        return [
          report("batch-last", at, {
            message: `${id} stands after ${batch}, and leaves it half-empty batches`,
            expected: `${id} before ${batch}`,
          }),
        ];
      }
      const together = earlier.find((other) => batching.has(processorType(other)));
      if (together !== undefined && readsConnection.has(processorType(id))) {
        return [
          report("context-before-batching", at, {
            message: `${id} asks from whom the data came, and ${together} has put it together`,
            expected: `${id} before ${together}`,
          }),
        ];
      }
      return [];
    }),
  );
}

/** What counts spans stands before what samples them: after it, only the kept ones are counted. */
export function checkSampling(checked: CheckedConfig): Finding[] {
  const findings = new Map<string, Finding>();
  for (const start of checked.pipelines) {
    const sampler = start.processors.find((id) => samplers.has(processorType(id)));
    if (sampler === undefined) continue;
    const visited = new Set<CheckedPipeline>();
    const visit = [start];
    for (let pipeline = visit.pop(); pipeline !== undefined; pipeline = visit.pop()) {
      if (visited.has(pipeline)) continue;
      visited.add(pipeline);
      for (const [index, id] of pipeline.exporters.entries()) {
        if (!Object.hasOwn(checked.config.connectors ?? {}, id) || !countingConnectors.has(connectorType(id))) continue;
        const path = `${pipeline.path}.exporters[${index}]`;
        findings.set(
          path,
          report("metrics-before-sampling", path, {
            message: `the connector ${id} counts what ${sampler} in the pipeline ${start.id} has kept`,
            expected: `${id} in a pipeline before ${sampler}: a connector forward leads on to the sampled one`,
          }),
        );
      }
      visit.push(...nextPipelines(checked, pipeline).map((next) => next.pipeline));
    }
  }
  return [...findings.values()];
}
