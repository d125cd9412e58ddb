import { emitYaml, type Resource } from "@plinth/core";

/** A file as a tool reads it. */
export interface ToolFile {
  /** Unique in its list; without folders. */
  readonly path: string;
  readonly text: string;
}

/** The name of the rule file that is made of a PrometheusRule. */
export function ruleFilePath(namespace: string, name: string): string {
  return `${namespace}.${name}.rules.yaml`;
}

/**
 * PrometheusRules as the rule files that promtool reads: their `spec`, one file each. Other resources are left out. Not only Plinth's own: whatever
 * is given.
 *
 * @see https://prometheus.io/docs/prometheus/latest/command-line/promtool/
 * @example
 * ruleFilesOf([]).length; // 0
 */
export function ruleFilesOf(resources: readonly Resource[]): readonly ToolFile[] {
  return resources
    .filter(({ kind, apiVersion }) => kind === "PrometheusRule" && apiVersion.startsWith("monitoring.coreos.com/"))
    .map(({ metadata, ...resource }) => ({
      path: ruleFilePath(metadata.namespace ?? "default", metadata.name),
      text: emitYaml(resource["spec"]),
    }));
}
