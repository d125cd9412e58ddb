import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { buildResource, type Finding, parseDuration, type Resource } from "@plinth/core";
import type { RuleGroup } from "@plinth/metrics";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { objectiveRules, type RuleMode } from "../rules/objective-rules.ts";
import {
  prometheusServiceLevel,
  prometheusServiceLevelSpec,
  renderedRulesLabel,
} from "../sloth/prometheus-service-level.ts";
import { serviceLevelFindings } from "../sloth/specification-findings.ts";

/** Where objectives are rendered. */
export interface LevelPlace {
  /** Of the service: the resources are named `<name>-slo`. */
  readonly name: string;
  readonly namespace?: string;
  /** Labels that the Prometheus object selects its rules by. */
  readonly ruleLabels: Readonly<Record<string, string>>;
  readonly mode: RuleMode;
}

/**
 * Objectives of one service as resources: Sloth's, which says what Sloth has words for, and the rules. Objectives over another period than 30 days are in the
 * rules alone, because Sloth's resource cannot say so; those of a plugin are in a resource of their own, for a Sloth controller, because rules cannot.
 */
export function levelResources(
  objectives: readonly ServiceLevelObjective[],
  { name, namespace, ruleLabels, mode }: LevelPlace,
): { readonly resources: readonly Resource[]; readonly findings: readonly Finding[] } {
  const metadata = { name: `${name}-slo`, ...(namespace === undefined ? {} : { namespace }) };
  const plugins = objectives.filter(({ indicator }) => indicator.kind === "plugin");
  const measured = objectives.filter(({ indicator }) => indicator.kind !== "plugin");
  const sayable = measured.filter(({ period = "30d" }) => parseDuration(period) === parseDuration("30d"));
  const spec = prometheusServiceLevelSpec(name, measured);
  const findings = measured.length === 0 ? [] : serviceLevelFindings(spec);
  const level = { ...metadata, labels: renderedRulesLabel };
  // What is wrong needs a resource to stand on.
  const said = findings.length > 0 ? measured : sayable;
  return {
    findings,
    resources: [
      ...(said.length === 0 ? [] : [prometheusServiceLevel(level, prometheusServiceLevelSpec(name, said))]),
      ...(measured.length === 0 || findings.length > 0
        ? []
        : [
            prometheusRule(
              { ...metadata, labels: ruleLabels },
              measured.flatMap((objective) => objectiveRules(objective, { mode })),
            ),
          ]),
      ...(plugins.length === 0
        ? []
        : [
            prometheusServiceLevel(
              { ...metadata, name: `${name}-slo-plugins` },
              prometheusServiceLevelSpec(name, plugins),
            ),
          ]),
    ],
  };
}

/** Prometheus evaluates these; Sloth's own carry the same label `app.kubernetes.io/component`. */
function prometheusRule({ labels, ...metadata }: Resource["metadata"], groups: readonly RuleGroup[]): Resource {
  return buildResource(PrometheusRule, {
    metadata: { ...metadata, labels: { ...labels, "app.kubernetes.io/component": "SLO" } },
    spec: {
      groups: groups.map(({ rules, ...group }) => ({ ...group, rules: rules.map((rule) => ({ ...rule })) })),
    },
  });
}
