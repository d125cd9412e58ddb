import type { Finding } from "@plinth/core";
import type { ComponentType } from "../configuration/component-types.ts";
import { type Signal, signals } from "../configuration/signal.ts";
import {
  type CheckedConfig,
  type ComponentUse,
  componentUses,
  nextPipelines,
  routesOf,
  typeOfComponent,
} from "./checked-config.ts";
import { report } from "./rule.ts";

/** Each pipeline is of a signal, begins somewhere and ends somewhere. */
export function checkPipelines({ pipelines }: CheckedConfig): Finding[] {
  if (pipelines.length === 0)
    return [
      report("complete-pipeline", "service.pipelines", {
        message: "there is no pipeline",
        expected: "at least one pipeline",
      }),
    ];
  return pipelines.flatMap(({ path, id, signal, receivers, processors, exporters }) => [
    ...(signal === undefined
      ? [
          report("complete-pipeline", path, {
            message: `${JSON.stringify(id)} begins with no signal`,
            expected: `${signals.join(", ")}, or one of them with a name`,
            example: "traces/sampled",
          }),
        ]
      : []),
    ...(receivers.length === 0
      ? [
          report("complete-pipeline", `${path}.receivers`, {
            message: `nothing comes into the pipeline ${id}`,
            expected: "at least one receiver or connector",
          }),
        ]
      : []),
    ...(exporters.length === 0
      ? [
          report("complete-pipeline", `${path}.exporters`, {
            message: `nothing leaves the pipeline ${id}`,
            expected: "at least one exporter or connector",
          }),
        ]
      : []),
    ...[...new Set(processors)]
      .filter((processor) => processors.filter((other) => other === processor).length > 1)
      .map((processor) =>
        report("complete-pipeline", `${path}.processors`, {
          message: `the processor ${processor} stands in the pipeline ${id} more than once`,
          expected: "each processor once",
        }),
      ),
  ]);
}

/** Each component carries the signal of each pipeline that it stands in. */
export function checkSignals(checked: CheckedConfig): Finding[] {
  return componentUses(checked).flatMap((use): Finding[] => {
    const signal = use.pipeline?.signal;
    if (signal === undefined) return [];
    const carried = signalsAt(typeOfComponent(checked, use.kind, use.id), use);
    if (carried === undefined || carried.includes(signal)) return [];
    return [
      report("carried-signal", use.path, {
        message: `the ${use.kind} ${use.id} ${verbs[use.role]} no ${signal}`,
        expected: carried.length === 0 ? `no ${use.kind}` : `a pipeline of ${carried.join(" or ")}`,
      }),
    ];
  });
}

const verbs: Readonly<Record<ComponentUse["role"], string>> = {
  source: "emits",
  processor: "carries",
  sink: "takes",
  extension: "carries",
};

/** The signals of a component where it stands: a connector takes some and emits others. */
function signalsAt(type: ComponentType | undefined, { kind, role }: ComponentUse): readonly Signal[] | undefined {
  if (type === undefined) return undefined;
  const carried = type.signals.map((entry) =>
    typeof entry === "string" ? entry : role === "source" ? entry[1] : entry[0],
  );
  return kind === "extension" ? undefined : [...new Set(carried)];
}

/** Each connector joins pipelines: data that goes in comes out, and it makes of the one signal the other. */
export function checkConnectors(checked: CheckedConfig): Finding[] {
  const uses = componentUses(checked).filter(({ kind }) => kind === "connector");
  return Object.keys(checked.config.connectors ?? {}).flatMap((id): Finding[] => {
    const path = `connectors.${id}`;
    const sources = uses.filter((use) => use.id === id && use.role === "source");
    const sinks = uses.filter((use) => use.id === id && use.role === "sink");
    if (sources.length === 0 && sinks.length > 0) {
      return [
        report("connected-connector", path, {
          message: `what goes into the connector ${id} comes out nowhere`,
          expected: `a pipeline that begins with ${id}`,
        }),
      ];
    }
    if (sinks.length === 0 && sources.length > 0) {
      return [
        report("connected-connector", path, {
          message: `nothing goes into the connector ${id}`,
          expected: `a pipeline that ends with ${id}`,
        }),
      ];
    }
    return unjoined(checked, id, sources, sinks);
  });
}

/** Ends of a connector whose signal no other end matches: `forward` makes no metrics of traces. */
function unjoined(
  checked: CheckedConfig,
  id: string,
  sources: readonly ComponentUse[],
  sinks: readonly ComponentUse[],
): Finding[] {
  const routes = routesOf(checked, id);
  const joined = (from: Signal | undefined, to: Signal | undefined): boolean =>
    routes.some(([accepted, emitted]) => accepted === from && emitted === to);
  const known = (use: ComponentUse): boolean => use.pipeline?.signal !== undefined && routes.length > 0;
  return [
    ...sinks.filter(
      (sink) => known(sink) && !sources.some((source) => joined(sink.pipeline?.signal, source.pipeline?.signal)),
    ),
    ...sources.filter(
      (source) => known(source) && !sinks.some((sink) => joined(sink.pipeline?.signal, source.pipeline?.signal)),
    ),
  ].map(({ path, pipeline }) =>
    report("connected-connector", path, {
      message: `the connector ${id} joins the pipeline ${pipeline?.id} with none that it could`,
      expected: routes.map(([accepted, emitted]) => `${emitted} from ${accepted}`).join(", "),
    }),
  );
}

/** No pipeline feeds itself. */
export function checkCycles(checked: CheckedConfig): Finding[] {
  return checked.pipelines.flatMap((start): Finding[] => {
    const reached = new Set<string>();
    const visit = [...nextPipelines(checked, start)];
    for (let step = visit.pop(); step !== undefined; step = visit.pop()) {
      if (step.pipeline.id === start.id) {
        return [
          report("no-cycle", start.path, {
            message: `the pipeline ${start.id} feeds itself through the connector ${step.connector}`,
            expected: "connectors that lead only forwards",
          }),
        ];
      }
      if (reached.has(step.pipeline.id)) continue;
      reached.add(step.pipeline.id);
      visit.push(...nextPipelines(checked, step.pipeline));
    }
    return [];
  });
}
