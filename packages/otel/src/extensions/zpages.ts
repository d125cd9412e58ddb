import { type Extension, written } from "../configuration/component.ts";

export interface ZpagesOptions {
  /** Address and port. What is shown there may hold data: only the pod itself reaches the default. @default "localhost:55679" */
  readonly endpoint?: string;
  /** Show Go's own counters, too. @default false */
  readonly expvar?: boolean;
}

/**
 * Pages that show what the collector is doing: its pipelines, extensions and recent errors. Reached by `kubectl port-forward`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/extension/zpagesextension
 * @example
 * zpages();
 */
export function zpages({ endpoint = "localhost:55679", expvar }: ZpagesOptions = {}): Extension {
  return {
    kind: "extension",
    type: "zpages",
    options: written({ endpoint, expvar: expvar === undefined ? undefined : { enabled: expvar } }),
  };
}
