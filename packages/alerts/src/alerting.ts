import {
  type Component,
  componentsWithRole,
  type Document,
  type Environment,
  type Finding,
  type Platform,
  type Resource,
  type Service,
  servicesIn,
} from "@plinth/core";
import { runbookPath } from "@plinth/metrics";
import { alertFindings } from "./alert/alert-findings.ts";
import { type AlertGroup, type AlertSelection, platformGroups, serviceGroups } from "./alert-groups.ts";
import type { LabelSet } from "./labels/label-set.ts";
import { alertmanagerSecret } from "./routing/alertmanager-secret.ts";
import { alertmanagerFindings } from "./routing/config-findings.ts";
import { ownerFindings, platformOwner } from "./routing/owner.ts";
import { alertmanagerConfig, type RoutingOptions } from "./routing/platform-routing.ts";
import { type AlertingRule, alertingRule } from "./rules/alert-rule.ts";
import { prometheusRule } from "./rules/prometheus-rule.ts";
import { type AlertOccurrence, runbookPage } from "./runbooks/runbook-page.ts";

/** What to alert on, and what rules and routing need to know beyond the platform. */
export interface AlertingOptions extends AlertSelection, RoutingOptions {
  /** Labels that the Prometheus object selects its rules by: `{ release: "kube-prometheus-stack" }`. @default none */
  readonly ruleLabels?: LabelSet;
}

/**
 * The components that make a platform's alerts: rules with their runbooks, and the routing.
 *
 * Rules go to the namespace of the component with the role `metrics-scraper`, the routing to that of the `alert-manager`; a platform without
 * one has none of these.
 *
 * @example
 * const components = alerting({ platformTeam: "platform", ruleLabels: { release: "kube-prometheus-stack" } });
 */
export function alerting(options: AlertingOptions = {}): readonly Component[] {
  const groupsOf = rememberedGroups(options);
  return [
    {
      name: "alert-rules",
      layer: "foundation",
      perEnvironment: (platform) => groupRules(platform, platformGroups(options), options),
      perService: (platform, environment, service) => groupRules(platform, groupsOf(service, environment), options),
      documents: (platform) => runbooks(platform, occurrences(platform, groupsOf, options), options),
      check: (platform) => [
        ...ownerFindings(platform, options.platformTeam),
        ...ruleFindings(occurrences(platform, groupsOf, options)),
      ],
    },
    {
      name: "alert-routing",
      layer: "foundation",
      perEnvironment: (platform, environment) => routing(platform, environment, options),
      check: (platform) =>
        platform.environments.flatMap((environment) =>
          alertmanagerFindings(alertmanagerConfig(platform, environment, options)),
        ),
    },
  ];
}

type GroupsOfService = (service: Service, environment: Environment) => readonly AlertGroup[];

/** Rules, runbooks and checks ask for the same alerts: each is made once, as long as the platform lives. */
function rememberedGroups(selection: AlertSelection): GroupsOfService {
  const byEnvironment = new WeakMap<Environment, WeakMap<Service, readonly AlertGroup[]>>();
  return (service, environment) => {
    const byService = byEnvironment.get(environment) ?? new WeakMap<Service, readonly AlertGroup[]>();
    byEnvironment.set(environment, byService);
    const groups = byService.get(service) ?? serviceGroups(service, environment, selection);
    byService.set(service, groups);
    return groups;
  };
}

/** Plinth's alerts, with their defaults. */
export const alertComponents: readonly Component[] = alerting();

/** Each alert in each environment. */
function occurrences(
  platform: Platform,
  groupsOf: GroupsOfService,
  options: AlertingOptions,
): readonly AlertOccurrence[] {
  return platform.environments.flatMap((environment) =>
    [
      ...platformGroups(options),
      ...servicesIn(platform, environment).flatMap((service) => groupsOf(service, environment)),
    ].flatMap(({ alerts }) => alerts.map((alert) => ({ environment, alert }))),
  );
}

/** What is wrong with the alerts, once for what is wrong in every environment. */
function ruleFindings(list: readonly AlertOccurrence[]): readonly Finding[] {
  const findings = [...new Set(list.map(({ alert }) => alert))].flatMap(alertFindings);
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function runbooks(platform: Platform, list: readonly AlertOccurrence[], options: AlertingOptions): readonly Document[] {
  return [...Map.groupBy(list, ({ alert }) => alert.name)].map(([name, same]) => ({
    path: runbookPath(name),
    text: runbookPage(platform, same, options),
  }));
}

/** The rules of a group's alerts. */
export function rulesOf(
  platform: Platform,
  { alerts }: AlertGroup,
  options: RoutingOptions = {},
): readonly AlertingRule[] {
  const owner = platformOwner(platform, options.platformTeam);
  return alerts.map((alert) => alertingRule(platform, owner, alert));
}

/** The namespace whose Prometheus evaluates the rules. */
export function ruleNamespace(platform: Platform): string | undefined {
  return componentsWithRole(platform, "metrics-scraper")[0]?.namespace;
}

function groupRules(platform: Platform, groups: readonly AlertGroup[], options: AlertingOptions): readonly Resource[] {
  const namespace = ruleNamespace(platform);
  if (namespace === undefined) return [];
  return groups.map((group) =>
    prometheusRule({
      name: group.name,
      namespace,
      labels: options.ruleLabels ?? {},
      group: { name: group.group, rules: rulesOf(platform, group, options) },
    }),
  );
}

function routing(platform: Platform, environment: Environment, options: AlertingOptions): readonly Resource[] {
  const [alertmanager] = componentsWithRole(platform, "alert-manager");
  return alertmanager === undefined
    ? []
    : [alertmanagerSecret(alertmanager.namespace, environment, alertmanagerConfig(platform, environment, options))];
}
