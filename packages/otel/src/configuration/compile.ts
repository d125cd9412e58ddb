import type { Finding } from "@plinth/core";
import { checkConfigWith } from "../checks/check-config.ts";
import type { PlainTypes } from "../checks/checked-config.ts";
import { report } from "../checks/rule.ts";
import {
  type CollectorConfig,
  type ComponentSection,
  type PipelineConfig,
  type SectionName,
  sectionOfKind,
} from "./collector-config.ts";
import { type CollectorVersion, defaultCollectorVersion } from "./collector-version.ts";
import { type CollectorComponent, type ComponentKind, type Extension, idOf, type OptionValue } from "./component.ts";
import { type ComponentType, spellingOf } from "./component-types.ts";
import { spelledOptions } from "./detectors.ts";
import type { Pipeline } from "./pipeline.ts";
import { type SelfTelemetry, selfTelemetryOptions } from "./self-telemetry.ts";
import { type Carries, type Signal, signals } from "./signal.ts";

/** A collector: its pipelines, and what runs beside them. */
export interface Collector {
  readonly pipelines: readonly Pipeline[];
  /** What runs beside the pipelines. An extension that a component refers to is there without being named. @default none */
  readonly extensions?: readonly Extension[];
  /** What the collector says about itself. @default the collector's own defaults */
  readonly telemetry?: SelfTelemetry;
  /** The release that the configuration is spelled for. @default "0.158" */
  readonly version?: CollectorVersion;
}

/** A configuration and what is wrong with it. */
export interface CompiledCollector {
  readonly config: CollectorConfig;
  readonly findings: readonly Finding[];
}

/**
 * The configuration of a collector in the spelling of its release, with components in the order in which the pipelines name them.
 *
 * @returns the configuration, and findings: it never throws
 * @example
 * const { config, findings } = compileCollector({
 *   extensions: [healthCheck()],
 *   pipelines: [pipeline("logs", from(otlp()), [memoryLimiter()], to(otlpHttp({ endpoint: "http://loki.monitoring.svc/otlp" })))],
 * });
 */
export function compileCollector({
  pipelines,
  extensions = [],
  telemetry,
  version = defaultCollectorVersion,
}: Collector): CompiledCollector {
  const components = usedComponents(pipelines, extensions);
  const written = (component: CollectorComponent): string => spelledId(component, version);
  const section = (kind: ComponentKind): ComponentSection =>
    Object.fromEntries(
      components
        .filter((component) => component.kind === kind)
        .map((component) => [written(component), spelledOptions(component, version)]),
    );
  const named = (kind: ComponentKind): Partial<Record<SectionName, ComponentSection>> => {
    const entries = section(kind);
    return Object.keys(entries).length === 0 ? {} : { [sectionOfKind[kind]]: entries };
  };
  const running = components.filter(({ kind }) => kind === "extension").map(written);
  const config: CollectorConfig = {
    receivers: section("receiver"),
    ...named("processor"),
    ...named("connector"),
    exporters: section("exporter"),
    ...named("extension"),
    service: {
      ...(running.length === 0 ? {} : { extensions: [...new Set(running)] }),
      ...(telemetry === undefined ? {} : { telemetry: selfTelemetryOptions(telemetry) }),
      pipelines: Object.fromEntries(pipelines.map((pipeline) => [pipeline.id, pipelineConfig(pipeline, written)])),
    },
  };
  return {
    config,
    findings: [
      ...repeatedPipelines(pipelines),
      ...ambiguousIds(components, written),
      ...checkConfigWith(config, version, plainTypesOf(components)),
    ],
  };
}

/** Every component in the order of its first use. A component that several pipelines name is there as often. */
function usedComponents(
  pipelines: readonly Pipeline[],
  extensions: readonly Extension[],
): readonly CollectorComponent[] {
  const inPipelines = pipelines.flatMap(({ sources, processors, sinks }): CollectorComponent[] =>
    [...sources, ...processors, ...sinks].map(asComponent),
  );
  const referredTo = inPipelines.flatMap(({ uses = [] }) => uses);
  return [...inPipelines, ...extensions, ...referredTo];
}

/** A connector at one end of a pipeline shows only that end; here it is only a component. */
function asComponent(
  component: Pipeline["sources"][number] | Pipeline["processors"][number] | Pipeline["sinks"][number],
): CollectorComponent {
  return component.kind === "connector" ? { accepts: {}, emits: {}, ...component } : component;
}

function spelledId(component: CollectorComponent, version: CollectorVersion): string {
  return idOf({
    ...component,
    type: component.plain === true ? component.type : spellingOf(component.kind, component.type, version),
  });
}

function pipelineConfig(
  { sources, processors, sinks }: Pipeline,
  written: (component: CollectorComponent) => string,
): PipelineConfig {
  return {
    receivers: sources.map((source) => written(asComponent(source))),
    // The operator's webhook drops an empty list; so it is not written.
    ...(processors.length === 0 ? {} : { processors: processors.map(written) }),
    exporters: sinks.map((sink) => written(asComponent(sink))),
  };
}

function repeatedPipelines(pipelines: readonly Pipeline[]): Finding[] {
  const ids = pipelines.map(({ id }) => id);
  return [...new Set(ids)]
    .filter((id) => ids.filter((other) => other === id).length > 1)
    .map((id) =>
      report("one-component-per-id", `service.pipelines.${id}`, {
        message: `two pipelines are called ${id}`,
        expected: "a name of its own for each",
        example: `${id}/second`,
      }),
    );
}

/** Ids that stand for components with different options: the collector can have one of them only. */
function ambiguousIds(
  components: readonly CollectorComponent[],
  written: (component: CollectorComponent) => string,
): Finding[] {
  const first = new Map<string, CollectorComponent>();
  const reported = new Map<string, Finding>();
  for (const component of components) {
    const path = `${sectionOfKind[component.kind]}.${written(component)}`;
    const earlier = first.get(path);
    if (earlier === undefined) first.set(path, component);
    else if (canonical(earlier.options) !== canonical(component.options)) {
      reported.set(
        path,
        report("one-component-per-id", path, {
          message: `two ${sectionOfKind[component.kind]} with different options are called ${written(component)}`,
          expected: "one component, or a name for each",
          example: `{ name: "second" }`,
        }),
      );
    }
  }
  return [...reported.values()];
}

function canonical(value: OptionValue): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** What the components that were given as plain data say about their types. */
function plainTypesOf(components: readonly CollectorComponent[]): PlainTypes {
  const types = (kind: ComponentKind): ReadonlyMap<string, ComponentType> =>
    new Map(
      components
        .filter((component) => component.plain === true && component.kind === kind)
        .map((component) => [component.type, { signals: signalsOf(component) }]),
    );
  return {
    receiver: types("receiver"),
    processor: types("processor"),
    exporter: types("exporter"),
    connector: types("connector"),
    extension: types("extension"),
  };
}

function signalsOf(component: CollectorComponent): ComponentType["signals"] {
  const within = (carries: Carries<never>): readonly Signal[] =>
    signals.filter((signal) => Object.hasOwn(carries, signal));
  switch (component.kind) {
    case "receiver":
      return within(component.emits);
    case "processor":
      return within(component.carries);
    case "exporter":
      return within(component.accepts);
    case "connector":
      return within(component.accepts).flatMap((accepted) =>
        within(component.emits).map((emitted) => [accepted, emitted] as const),
      );
    case "extension":
      return [];
  }
}
