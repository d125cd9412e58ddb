import {
  type CollectorConfig,
  type ComponentSection,
  isOptions,
  kindOfSection,
  type PipelineConfig,
  type SectionName,
  sectionNames,
} from "../configuration/collector-config.ts";
import { type Options, type OptionValue, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import type { Distribution } from "./distribution.ts";

/** What a binary can be asked of a configuration, and what stays unasked. */
export interface JudgeableConfig {
  /** The configuration without what the binary does not hold. `undefined` when no pipeline is left. */
  readonly config: CollectorConfig | undefined;
  /** Parts that were left out: they need another judge. */
  readonly leftOut: readonly LeftOut[];
  /** Options that ask for something of the machine, and what they were set to: the binary looks for it. */
  readonly adapted: readonly { readonly path: string; readonly was: OptionValue; readonly is: OptionValue }[];
  /** Environment variables that the configuration reads, and that must be set for it to be judged. */
  readonly environment: readonly string[];
}

export interface LeftOut {
  /** Where it stands: `receivers.kubelet_stats`, `service.pipelines.metrics`. */
  readonly path: string;
  readonly why: string;
}

/**
 * The part of a configuration that a binary can judge. A component that the binary does not hold goes, with it a pipeline that has no beginning or no end
 * without it, and a connector that then leads nowhere; each is reported.
 *
 * @example
 * const { config } = compileCollector({ pipelines: [pipeline("traces", from(otlp()), [memoryLimiter()], to(debug()))] });
 * const held = distributionOf({ receivers: [{ name: "otlp" }], exporters: [{ name: "debug" }] });
 * judgeableConfig(config, held).leftOut; // [{ path: "processors.memory_limiter", why: "the binary has no memory_limiter" }]
 */
export function judgeableConfig(config: CollectorConfig, distribution: Distribution): JudgeableConfig {
  const leftOut: LeftOut[] = [];
  const held = Object.fromEntries(
    sectionNames.map((name) => [name, heldComponents(name, config[name], distribution, leftOut)]),
  );
  const components = (name: SectionName): ComponentSection => held[name] ?? {};
  const pipelines = judgeablePipelines(config, components, leftOut);
  const connectors = usedConnectors(components("connectors"), pipelines);
  const { extensions, ...service } = config.service;
  const adapted: { path: string; was: OptionValue; is: OptionValue }[] = [];
  const section = (name: SectionName, entries: ComponentSection): Partial<Record<SectionName, ComponentSection>> =>
    config[name] === undefined
      ? {}
      : {
          [name]: Object.fromEntries(
            Object.entries(entries).map(([id, options]) => [id, adaptOptions(options, `${name}.${id}`, adapted)]),
          ),
        };
  const judgeable: CollectorConfig = {
    receivers: {},
    exporters: {},
    ...section("receivers", components("receivers")),
    ...section("processors", components("processors")),
    ...section("connectors", connectors),
    ...section("exporters", components("exporters")),
    ...section("extensions", components("extensions")),
    service: {
      ...service,
      ...(extensions === undefined
        ? {}
        : { extensions: extensions.filter((id) => Object.hasOwn(components("extensions"), id)) }),
      pipelines,
    },
  };
  return {
    config: Object.keys(pipelines).length === 0 ? undefined : judgeable,
    leftOut,
    adapted,
    environment: environmentVariables(config),
  };
}

function heldComponents(
  name: SectionName,
  section: ComponentSection = {},
  distribution: Distribution,
  leftOut: LeftOut[],
): ComponentSection {
  return Object.fromEntries(
    Object.entries(section).filter(([id]) => {
      // The binary takes a former name, too: it lists only today's.
      const type = currentType(kindOfSection[name], typeOf(id));
      const isHeld = distribution[name].some((held) => currentType(kindOfSection[name], held) === type);
      if (!isHeld) leftOut.push({ path: `${name}.${id}`, why: `the binary has no ${typeOf(id)}` });
      return isHeld;
    }),
  );
}

/** Pipelines without what is not held. Dropping one may leave a connector with one end, which drops the next: until nothing changes. */
function judgeablePipelines(
  { service }: CollectorConfig,
  components: (name: SectionName) => ComponentSection,
  leftOut: LeftOut[],
): Record<string, PipelineConfig> {
  const has = (name: SectionName, id: string): boolean => Object.hasOwn(components(name), id);
  let pipelines: [string, PipelineConfig][] = Object.entries(service.pipelines).map(
    ([id, { receivers, processors, exporters }]) => [
      id,
      {
        receivers: receivers.filter((receiver) => has("receivers", receiver) || has("connectors", receiver)),
        ...(processors === undefined
          ? {}
          : { processors: processors.filter((processor) => has("processors", processor)) }),
        exporters: exporters.filter((exporter) => has("exporters", exporter) || has("connectors", exporter)),
      },
    ],
  );
  for (;;) {
    const current = pipelines;
    const comesOut = (id: string): boolean =>
      !has("connectors", id) || current.some(([, { receivers }]) => receivers.includes(id));
    const goesIn = (id: string): boolean =>
      !has("connectors", id) || current.some(([, { exporters }]) => exporters.includes(id));
    const next = current
      .map(([id, { receivers, exporters, ...rest }]): [string, PipelineConfig] => [
        id,
        { receivers: receivers.filter(goesIn), ...rest, exporters: exporters.filter(comesOut) },
      ])
      .filter(([id, { receivers, exporters }]) => {
        const isWhole = receivers.length > 0 && exporters.length > 0;
        if (!isWhole)
          leftOut.push({
            path: `service.pipelines.${id}`,
            why: receivers.length === 0 ? "nothing comes into it any more" : "nothing leaves it any more",
          });
        return isWhole;
      });
    if (JSON.stringify(next) === JSON.stringify(current)) return Object.fromEntries(current);
    pipelines = next;
  }
}

function usedConnectors(
  connectors: ComponentSection,
  pipelines: Readonly<Record<string, PipelineConfig>>,
): ComponentSection {
  const named = new Set(Object.values(pipelines).flatMap(({ receivers, exporters }) => [...receivers, ...exporters]));
  return Object.fromEntries(Object.entries(connectors).filter(([id]) => named.has(id)));
}

/** Options that the collector compares with the machine it runs on: folders that must be there. */
const machineOptions: Readonly<Record<string, OptionValue>> = { root_path: "/" };

function adaptOptions(
  options: Options | null,
  path: string,
  adapted: { path: string; was: OptionValue; is: OptionValue }[],
): Options | null {
  if (options === null) return null;
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => {
      const replacement = machineOptions[option];
      if (replacement === undefined || replacement === value) return [option, value];
      adapted.push({ path: `${path}.${option}`, was: value, is: replacement });
      return [option, replacement];
    }),
  );
}

/** Names in `${env:NAME}`, and those that `node_from_env_var` holds. */
function environmentVariables(config: CollectorConfig): readonly string[] {
  const names = new Set<string>();
  const visit = (value: OptionValue | undefined): void => {
    if (typeof value === "string")
      for (const [, name = ""] of value.matchAll(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-[^}]*)?\}/g)) names.add(name);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isOptions(value)) {
      const { node_from_env_var: nodeVariable } = value;
      if (typeof nodeVariable === "string") names.add(nodeVariable);
      Object.values(value).forEach(visit);
    }
  };
  for (const name of sectionNames) for (const options of Object.values(config[name] ?? {})) visit(options);
  visit(config.service.telemetry);
  return [...names].sort();
}
