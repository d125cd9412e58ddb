import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import {
  attachFindings,
  buildResource,
  type Component,
  type Environment,
  type Finding,
  type Platform,
  type Resource,
  type Service,
  teamNamed,
} from "@plinth/core";
import { servedSpanKind } from "@plinth/metrics";
import { objectivesOf } from "./objectives/objectives-of.ts";
import { promisesOf } from "./promises/tier-promises.ts";
import { burnRunbooks } from "./runbooks/burn-runbooks.ts";
import {
  prometheusServiceLevel,
  prometheusServiceLevelSpec,
  renderedRulesLabel,
} from "./sloth/prometheus-service-level.ts";
import type { RuleGroup } from "./sloth/rule.ts";
import { slothRuleGroups } from "./sloth/rule-groups.ts";
import { serviceLevelFindings } from "./sloth/specification-findings.ts";

/** What rendering needs to know beyond the platform. */
export interface ServiceLevelOptions {
  /** Labels that the Prometheus object selects its rules by: `{ release: "kube-prometheus-stack" }`. @default none */
  readonly ruleLabels?: Readonly<Record<string, string>>;
}

/**
 * The component that makes a platform's service level objectives: for each service, in its team's namespace, the objectives as Sloth's resource and the
 * rules that Sloth would make of it, both named `<service>-slo`; and a runbook for each kind of burn alert.
 *
 * @example
 * const components = serviceLevels({ ruleLabels: { release: "kube-prometheus-stack" } });
 */
export function serviceLevels(options: ServiceLevelOptions = {}): readonly Component[] {
  return [
    {
      name: "service-level-objectives",
      layer: "application",
      perService: (platform, environment, service) => resourcesOf(platform, environment, service, options),
      documents: burnRunbooks,
      check: (platform) => platform.services.flatMap(measurable),
    },
  ];
}

/** Plinth's service level objectives, with their defaults. */
export const sloComponents: readonly Component[] = serviceLevels();

function resourcesOf(
  platform: Platform,
  environment: Environment,
  service: Service,
  { ruleLabels = {} }: ServiceLevelOptions,
): readonly Resource[] {
  const objectives = objectivesOf(platform, environment, service);
  const team = teamNamed(platform, service.team);
  if (objectives.length === 0) return [];
  const metadata = { name: `${service.name}-slo`, namespace: team.namespace };
  const spec = prometheusServiceLevelSpec(service.name, objectives);
  const findings = serviceLevelFindings(spec);
  const level = attachFindings(prometheusServiceLevel({ ...metadata, labels: renderedRulesLabel }, spec), findings);
  return findings.length > 0
    ? [level]
    : [level, prometheusRule({ ...metadata, labels: ruleLabels }, slothRuleGroups(spec))];
}

/** Prometheus evaluates these; Sloth's own carry the same label `app.kubernetes.io/component`. */
function prometheusRule({ labels, ...metadata }: Resource["metadata"], groups: readonly RuleGroup[]): Resource {
  return buildResource(PrometheusRule, {
    metadata: { ...metadata, labels: { ...labels, "app.kubernetes.io/component": "SLO" } },
    spec: { groups: groups.map(({ name, rules }) => ({ name, rules: rules.map((rule) => ({ ...rule })) })) },
  });
}

/** That a service promises something which nothing counts. */
function measurable(service: Service): readonly Finding[] {
  if (promisesOf(service).length === 0 || servedSpanKind(service) !== undefined) return [];
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      path: "promises",
      message: `${service.name} promises something, and nothing of it can be counted: it offers no http or grpc port and consumes no topic`,
      expected: "a port, a topic, or no promises",
      example: 'ports: { http: { port: 8080, protocol: "http" } }',
      ...(service.source === undefined ? {} : { source: service.source }),
    },
  ];
}
