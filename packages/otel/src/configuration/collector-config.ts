import { isRecord } from "@plinth/core";
import type { ComponentKind, Options, OptionValue } from "./component.ts";

/** A collector's configuration, as the collector reads it. */
export interface CollectorConfig {
  readonly receivers: ComponentSection;
  readonly processors?: ComponentSection;
  readonly connectors?: ComponentSection;
  readonly exporters: ComponentSection;
  readonly extensions?: ComponentSection;
  readonly service: {
    readonly extensions?: readonly string[];
    readonly telemetry?: Options;
    readonly pipelines: Readonly<Record<string, PipelineConfig>>;
  };
}

/** Components by id. */
export type ComponentSection = Readonly<Record<string, Options | null>>;

export interface PipelineConfig {
  readonly receivers: readonly string[];
  readonly processors?: readonly string[];
  readonly exporters: readonly string[];
}

/** The sections of a configuration that hold components. */
export type SectionName = "receivers" | "processors" | "connectors" | "exporters" | "extensions";

export const sectionNames: readonly SectionName[] = [
  "receivers",
  "processors",
  "connectors",
  "exporters",
  "extensions",
];

/** The kind of the components in a section. */
export const kindOfSection: Readonly<Record<SectionName, ComponentKind>> = {
  receivers: "receiver",
  processors: "processor",
  connectors: "connector",
  exporters: "exporter",
  extensions: "extension",
};

/** The section of the components of a kind. */
export const sectionOfKind: Readonly<Record<ComponentKind, SectionName>> = {
  receiver: "receivers",
  processor: "processors",
  connector: "connectors",
  exporter: "exporters",
  extension: "extensions",
};

/**
 * True for a value that has the shape of a collector's configuration; what its components say is not looked at.
 *
 * @example
 * isCollectorConfig({ receivers: {}, exporters: {}, service: { pipelines: {} } }); // true
 */
export function isCollectorConfig(value: unknown): value is CollectorConfig {
  if (!isRecord(value) || !isRecord(value["service"]) || !isRecord(value["receivers"]) || !isRecord(value["exporters"]))
    return false;
  if (!sectionNames.every((name) => value[name] === undefined || isSection(value[name]))) return false;
  const { extensions, telemetry, pipelines } = value["service"];
  if (extensions !== undefined && !isIdList(extensions)) return false;
  if (telemetry !== undefined && !isRecord(telemetry)) return false;
  return isRecord(pipelines) && Object.values(pipelines).every(isPipelineConfig);
}

/** True for an option that is a mapping. */
export function isOptions(value: OptionValue | undefined): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSection(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((options) => options === null || isRecord(options));
}

function isIdList(value: unknown): boolean {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}

function isPipelineConfig(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { receivers, processors, exporters } = value;
  return isIdList(receivers) && isIdList(exporters) && (processors === undefined || isIdList(processors));
}
