import {
  type CollectorConfig,
  kindOfSection,
  type PipelineConfig,
  sectionNames,
} from "../configuration/collector-config.ts";
import type { CollectorVersion } from "../configuration/collector-version.ts";
import { type ComponentKind, typeOf } from "../configuration/component.ts";
import { type ComponentType, componentTypes, currentType } from "../configuration/component-types.ts";
import { type Signal, signalOf } from "../configuration/signal.ts";

/** A configuration and what its ids mean: what every check reads. */
export interface CheckedConfig {
  readonly config: CollectorConfig;
  readonly version: CollectorVersion;
  readonly pipelines: readonly CheckedPipeline[];
  /** Types that were given as plain data, by kind. */
  readonly plainTypes: PlainTypes;
}

export interface CheckedPipeline extends PipelineConfig {
  readonly id: string;
  readonly signal: Signal | undefined;
  /** Path of the pipeline in the configuration. */
  readonly path: string;
  readonly processors: readonly string[];
}

/** Types that Plinth does not know and that were declared: by kind and type. */
export type PlainTypes = Readonly<Record<ComponentKind, ReadonlyMap<string, ComponentType>>>;

/** A use of a component by a pipeline or by the service. */
export interface ComponentUse {
  readonly id: string;
  readonly kind: ComponentKind;
  readonly path: string;
  readonly pipeline?: CheckedPipeline;
  /** The end of the pipeline that it stands at; a connector can stand at both. */
  readonly role: "source" | "processor" | "sink" | "extension";
}

export const noPlainTypes: PlainTypes = {
  receiver: new Map(),
  processor: new Map(),
  exporter: new Map(),
  connector: new Map(),
  extension: new Map(),
};

export function readConfig(config: CollectorConfig, version: CollectorVersion, plainTypes: PlainTypes): CheckedConfig {
  const pipelines = Object.entries(config.service.pipelines).map(
    ([id, { receivers, processors = [], exporters }]): CheckedPipeline => ({
      id,
      signal: signalOf(id),
      path: `service.pipelines.${id}`,
      receivers,
      processors,
      exporters,
    }),
  );
  return { config, version, pipelines, plainTypes };
}

/** What is known of a component's type, in whichever spelling. */
export function typeOfComponent(
  { plainTypes }: CheckedConfig,
  kind: ComponentKind,
  id: string,
): ComponentType | undefined {
  const type = typeOf(id);
  return plainTypes[kind].get(type) ?? componentTypes[kind][currentType(kind, type)];
}

/** Every configured component with its path. */
export function configuredComponents({
  config,
}: CheckedConfig): readonly { readonly id: string; readonly kind: ComponentKind; readonly path: string }[] {
  return sectionNames.flatMap((section) =>
    Object.keys(config[section] ?? {}).map((id) => ({ id, kind: kindOfSection[section], path: `${section}.${id}` })),
  );
}

/** Every place that names a component. An id at an end of a pipeline is a connector when one of that id is configured. */
export function componentUses(checked: CheckedConfig): readonly ComponentUse[] {
  const { config, pipelines } = checked;
  const isConnector = (id: string): boolean => Object.hasOwn(config.connectors ?? {}, id);
  return [
    ...(config.service.extensions ?? []).map(
      (id, index): ComponentUse => ({ id, kind: "extension", path: `service.extensions[${index}]`, role: "extension" }),
    ),
    ...pipelines.flatMap((pipeline) => [
      ...pipeline.receivers.map(
        (id, index): ComponentUse => ({
          id,
          kind: isConnector(id) ? "connector" : "receiver",
          path: `${pipeline.path}.receivers[${index}]`,
          pipeline,
          role: "source",
        }),
      ),
      ...pipeline.processors.map(
        (id, index): ComponentUse => ({
          id,
          kind: "processor",
          path: `${pipeline.path}.processors[${index}]`,
          pipeline,
          role: "processor",
        }),
      ),
      ...pipeline.exporters.map(
        (id, index): ComponentUse => ({
          id,
          kind: isConnector(id) ? "connector" : "exporter",
          path: `${pipeline.path}.exporters[${index}]`,
          pipeline,
          role: "sink",
        }),
      ),
    ]),
  ];
}

/** The pipelines that a pipeline's data goes to next: those that begin with a connector that it ends with, and that the connector makes data for. */
export function nextPipelines(
  checked: CheckedConfig,
  pipeline: CheckedPipeline,
): readonly { readonly connector: string; readonly pipeline: CheckedPipeline }[] {
  return pipeline.exporters
    .filter((id) => Object.hasOwn(checked.config.connectors ?? {}, id))
    .flatMap((connector) =>
      checked.pipelines
        .filter((next) => next.receivers.includes(connector) && joins(checked, connector, pipeline, next))
        .map((next) => ({ connector, pipeline: next })),
    );
}

/** The routes of a connector: what it makes of what. */
export function routesOf(checked: CheckedConfig, connector: string): readonly (readonly [from: Signal, to: Signal])[] {
  return (typeOfComponent(checked, "connector", connector)?.signals ?? []).filter((route) => typeof route !== "string");
}

function joins(checked: CheckedConfig, connector: string, from: CheckedPipeline, to: CheckedPipeline): boolean {
  const routes = routesOf(checked, connector);
  return routes.length === 0 || routes.some(([accepted, emitted]) => accepted === from.signal && emitted === to.signal);
}
