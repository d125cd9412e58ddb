import { type Connector, type Options, written } from "../configuration/component.ts";
import type { Carries, PipelineId, Signal, SignalOf } from "../configuration/signal.ts";
import { signalOf } from "../configuration/signal.ts";

export interface RoutingOptions<Id extends PipelineId> {
  /** Where what goes; the first route that fits takes it. At least one. */
  readonly table: readonly [Route<Id>, ...Route<Id>[]];
  /** Where the rest goes. @default nowhere: it is dropped */
  readonly defaultPipelines?: readonly Id[];
  /** What a condition that fails does: `ignore` sends the data on to the default, `propagate` drops it. @default "ignore" */
  readonly errorMode?: "ignore" | "silent" | "propagate";
  /** Tells two connectors apart. */
  readonly name?: string;
}

export interface Route<Id extends PipelineId> {
  /** A condition in the OpenTelemetry Transformation Language: `resource.attributes["team"] == "shop"`. */
  readonly condition: string;
  /** What the condition is about. @default what its paths begin with */
  readonly context?: "resource" | "span" | "metric" | "datapoint" | "log" | "otelcol";
  /** Ids of the pipelines that begin with this connector. */
  readonly pipelines: readonly [Id, ...Id[]];
  /** Whether later routes see it, too. @default "move": they do not */
  readonly action?: "move" | "copy";
}

/**
 * Leads data to one of several pipelines of the same signal, by conditions. Each pipeline that it names begins with it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/routingconnector
 * @example
 * const byTeam = routing({ table: [{ condition: 'resource.attributes["team"] == "shop"', pipelines: ["logs/shop"] }], defaultPipelines: ["logs/rest"] });
 * pipeline("logs/in", from(otlp()), [memoryLimiter()], to(byTeam));
 * pipeline("logs/shop", from(byTeam), [], to(debug()));
 */
export function routing<const Id extends PipelineId>({
  table,
  defaultPipelines,
  errorMode,
  name,
}: RoutingOptions<Id>): Connector<SignalOf<Id>, SignalOf<Id>> {
  const ids = [...table.flatMap(({ pipelines }) => pipelines), ...(defaultPipelines ?? [])];
  return {
    kind: "connector",
    type: "routing",
    ...(name === undefined ? {} : { name }),
    options: written({ error_mode: errorMode, default_pipelines: defaultPipelines, table: table.map(routeOptions) }),
    accepts: routed<SignalOf<Id>>(ids),
    emits: routed<SignalOf<Id>>(ids),
  };
}

function routeOptions({ condition, context, pipelines, action }: Route<PipelineId>): Options {
  return written({ context, condition, pipelines, action });
}

function routed<Routed extends Signal>(ids: readonly string[]): Carries<Routed>;
function routed(ids: readonly string[]): Carries<never> {
  return Object.fromEntries(ids.flatMap((id) => signalOf(id) ?? []).map((signal) => [signal, true]));
}
