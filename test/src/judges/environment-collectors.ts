import { type Environment, fieldAt, listAt, type Resource } from "@plinth/core";
import { type CollectorConfig, collectorConfigOf } from "@plinth/otel";
import { objectsOfEnvironment, type RenderedTree } from "./rendered-tree.ts";

/** A collector of an environment, as it was rendered. */
export interface RenderedCollector {
  readonly file: string;
  readonly config: CollectorConfig;
  readonly resource: Resource;
}

/** The collectors through which the telemetry of an environment's services goes. */
export interface CollectorLayers {
  readonly agent: RenderedCollector;
  readonly gateway: RenderedCollector;
  readonly sampler: RenderedCollector;
}

/** The layers of an environment, by what their configurations hold; a sentence where one is missing. */
export function collectorLayers(tree: RenderedTree, { name }: Environment): CollectorLayers | string {
  const collectors = objectsOfEnvironment(tree, name).flatMap(({ file, resource }): RenderedCollector[] => {
    const config = collectorConfigOf(resource);
    return config === undefined ? [] : [{ file: file.path, config, resource }];
  });
  const holding = (section: "receivers" | "processors" | "exporters", id: string): RenderedCollector | undefined =>
    collectors.find(({ config }) => Object.hasOwn(config[section] ?? {}, id));
  const agent = holding("receivers", "file_log");
  const gateway = holding("exporters", "load_balancing/sampling");
  const sampler = holding("processors", "tail_sampling");
  if (agent === undefined) return "no collector reads the logs of containers";
  if (gateway === undefined || sampler === undefined) return "no collector balances traces by id, or none samples them";
  return { agent, gateway, sampler };
}

/** The environment variables of a collector's container that have a value, with those that come from the pod as they are here. */
export function variablesOn(
  { resource }: RenderedCollector,
  fromPod: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const given = listAt(resource, "spec", "env").flatMap((variable): [string, string][] => {
    const [name, value] = [fieldAt(variable, "name"), fieldAt(variable, "value")];
    return typeof name === "string" && typeof value === "string" ? [[name, value]] : [];
  });
  const expanded = given.map(([name, value]) => [
    name,
    value.replaceAll(/\$\((\w+)\)/g, (reference, variable: string) => fromPod[variable] ?? reference),
  ]);
  return { ...fromPod, ...Object.fromEntries(expanded) };
}
