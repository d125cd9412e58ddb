import type { PluginPromiseInput } from "@plinth/core";
import type { EventTerms } from "./events.ts";

/** A promise whose indicator a plugin of Sloth makes. */
export interface PluginOptions extends EventTerms {
  /** Of the plugin: `sloth-common/istio/v1/availability`. */
  id: string;
  /** What the plugin is told. @default nothing */
  options?: Record<string, string>;
}

/**
 * The promise whose indicator a plugin of Sloth makes. Those of Sloth's common library are plain PromQL here and have rules like any other promise; only a Sloth
 * controller can run the rest, which become a resource for one.
 *
 * @see https://github.com/slok/sloth-common-sli-plugins
 * @example
 * plugin("availability", { objective: 99.9, id: "sloth-common/kubernetes/nginx-ingress/availability", options: { filter: 'ingress="checkout"' } });
 */
export function plugin(name: string, { id, options = {}, ...terms }: PluginOptions): PluginPromiseInput {
  return { kind: "plugin", name, ...terms, id, options };
}
