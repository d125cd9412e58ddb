import type { Finding } from "@plinth/core";
import type { PrometheusServiceLevelSpec } from "../sloth/prometheus-service-level.ts";
import { expandIndicatorPlugin } from "./expand-plugin.ts";

/** A specification without plugins, or what is wrong with them. */
export interface ExpandedSpecification {
  readonly spec: PrometheusServiceLevelSpec;
  readonly findings: readonly Finding[];
}

/**
 * The same specification with the query of each plugin in its place, where it is one of Sloth's common library: rules can then be made of it without Sloth.
 *
 * @param spec Plugins that nobody knows stay, and are findings.
 * @example
 * const { spec } = withPluginsExpanded({
 *   service: "ingress",
 *   slos: [{ name: "availability", objective: 99.9, sli: { plugin: { id: "sloth-common/kubernetes/nginx-ingress/availability" } }, alerting: { name: "IngressErrors" } }],
 * });
 * spec.slos[0]?.sli.raw?.errorRatioQuery;
 */
export function withPluginsExpanded(spec: PrometheusServiceLevelSpec): ExpandedSpecification {
  const findings: Finding[] = [];
  const slos = spec.slos.map((slo, index) => {
    if (slo.sli.plugin === undefined) return slo;
    const expanded = expandIndicatorPlugin(slo.sli.plugin);
    if (expanded.findings !== undefined) {
      findings.push(
        ...expanded.findings.map((finding) => ({
          ...finding,
          path: `spec.slos[${index}].sli.plugin.${finding.path ?? ""}`,
        })),
      );
      return slo;
    }
    return { ...slo, sli: { raw: { errorRatioQuery: expanded.errorRatioQuery } } };
  });
  return { spec: { ...spec, slos }, findings };
}
