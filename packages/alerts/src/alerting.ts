import {
  type Component,
  componentsWithRole,
  type Document,
  type Environment,
  type Finding,
  once,
  type Platform,
  type Resource,
  type Service,
  servicesIn,
} from "@plinth/core";
import { type AlertingRule, type RecordingRule, runbookPath } from "@plinth/metrics";
import type { Alert } from "./alert/alert.ts";
import { alertFindings } from "./alert/alert-findings.ts";
import { type AlertGroup, type AlertSelection, platformGroups, serviceGroups } from "./alert-groups.ts";
import { platformAlerts, serviceAlerts } from "./catalogue.ts";
import { type GrafanaAlertsOptions, grafanaAlerts } from "./grafana/grafana-alerts.ts";
import type { LabelSet } from "./labels/label-set.ts";
import { overrideFindings } from "./overrides/override-findings.ts";
import { alertmanagerSecret } from "./routing/alertmanager-secret.ts";
import { alertmanagerFindings } from "./routing/config-findings.ts";
import { alertingExternalSecrets, type SecretStoreOptions } from "./routing/external-secrets.ts";
import { onCallFindings } from "./routing/on-call-findings.ts";
import { ownerFindings, platformOwner } from "./routing/owner.ts";
import { alertmanagerConfig, type RoutingOptions } from "./routing/platform-routing.ts";
import { dividedRouting, dividedRoutingFindings } from "./routing/team-configs.ts";
import { alertingRule } from "./rules/alert-rule.ts";
import { prometheusRule } from "./rules/prometheus-rule.ts";
import { recordingRule, shareExpressions } from "./rules/recording.ts";
import { type AlertOccurrence, runbookPage } from "./runbooks/runbook-page.ts";

/** What to alert on, and what rules and routing need to know beyond the platform. */
export interface AlertingOptions extends AlertSelection, RoutingOptions, SecretStoreOptions, GrafanaAlertsOptions {
  /** Labels that the Prometheus object selects its rules by: `{ release: "kube-prometheus-stack" }`. @default none */
  readonly ruleLabels?: LabelSet;
}

/**
 * The components that make a platform's alerts: rules with their runbooks, and the routing.
 *
 * Rules go to the namespace of the component with the role `metrics-scraper`, the routing to that of the `alert-manager`; a platform without
 * one has none of these. All of them belong to an environment: any of them may be otherwise in one, and what is said of one environment must not move
 * files of the others. What is equal is still made only once.
 *
 * @example
 * const components = alerting({ platformTeam: "platform", ruleLabels: { release: "kube-prometheus-stack" } });
 */
export function alerting(options: AlertingOptions = {}): readonly Component[] {
  return [
    {
      name: "alert-rules",
      layer: "foundation",
      perEnvironment: (platform, environment) =>
        groupRules(platform, platformGroups(platform, environment, options), options),
      perService: (platform, environment, service) =>
        groupRules(platform, serviceGroups(platform, service, environment, options), options),
      documents: (platform) => runbooks(platform, occurrences(platform, options), options),
      check: (platform) => [
        ...ownerFindings(platform, options.platformTeam),
        ...ownAlertFindings(platform, options),
        ...overrideFindings(
          platform,
          writtenAlerts(platform, options),
          platformOwner(platform, options.platformTeam).name,
        ),
      ],
    },
    {
      name: "alert-routing",
      layer: "foundation",
      perEnvironment: (platform, environment) => routing(platform, environment, options),
      check: (platform) => [
        ...onCallFindings(platform, occurrences(platform, options), options),
        ...platform.environments.flatMap((environment) => routingFindings(platform, environment, options)),
      ],
    },
    grafanaAlerts(options),
  ];
}

/** Plinth's alerts, with their defaults. */
export const alertComponents: readonly Component[] = alerting();

/** Each alert in each environment. */
const occurrences = once((platform: Platform, options: AlertingOptions): readonly AlertOccurrence[] =>
  platform.environments.flatMap((environment) =>
    [
      ...platformGroups(platform, environment, options),
      ...servicesIn(platform, environment).flatMap((service) => serviceGroups(platform, service, environment, options)),
    ].flatMap(({ alerts }) => alerts.map((alert) => ({ environment, alert }))),
  ),
);

/** What is wrong with alerts that are not Plinth's own: a test looks at those. Once for what is wrong in every environment. */
function ownAlertFindings(
  platform: Platform,
  { alerts = platformAlerts, serviceAlerts: ofServices = serviceAlerts }: AlertSelection,
): readonly Finding[] {
  const builtIn = new Set(platformAlerts);
  const own: readonly Alert[] = [
    ...alerts.filter((alert) => !builtIn.has(alert)),
    ...ofServices
      .filter((definition) => !serviceAlerts.includes(definition))
      .flatMap((definition) =>
        everyService(platform, (service, environment) => definition.alertOf(service, environment)),
      ),
  ];
  const findings = own.flatMap(alertFindings);
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Each alert as it was written, by its name: what an override may be about. */
function writtenAlerts(
  platform: Platform,
  { alerts = platformAlerts, serviceAlerts: ofServices = serviceAlerts }: AlertSelection,
): ReadonlyMap<string, readonly Alert[]> {
  // Nothing is overridden, nothing is asked.
  if (platform.alertOverrides.length === 0) return new Map();
  const overridden = new Set(platform.alertOverrides.map(({ alert }) => alert));
  return new Map([
    ...Map.groupBy(alerts, ({ name }) => name),
    ...ofServices.map((definition): [string, readonly Alert[]] => [
      definition.name,
      overridden.has(definition.name)
        ? everyService(platform, (service, environment) => definition.alertOf(service, environment))
        : [],
    ]),
  ]);
}

function everyService<Result>(
  platform: Platform,
  make: (service: Service, environment: Environment) => Result | undefined,
): readonly Result[] {
  return platform.environments.flatMap((environment) =>
    servicesIn(platform, environment).flatMap((service) => make(service, environment) ?? []),
  );
}

function runbooks(platform: Platform, list: readonly AlertOccurrence[], options: AlertingOptions): readonly Document[] {
  return [...Map.groupBy(list, ({ alert }) => alert.name)].map(([name, same]) => ({
    path: runbookPath(name),
    text: runbookPage(platform, same, options),
  }));
}

/** The rules of a group: first what is recorded, then the alerts, in their order. */
export function rulesOf(
  platform: Platform,
  group: AlertGroup,
  options: RoutingOptions = {},
): readonly (RecordingRule | AlertingRule)[] {
  const owner = platformOwner(platform, options.platformTeam);
  const { recordings, alerts } = shareExpressions(group.alerts, group.recordings);
  return [...recordings.map(recordingRule), ...alerts.map((alert) => alertingRule(platform, owner, alert))];
}

/** The namespace whose Prometheus evaluates the rules. */
export function ruleNamespace(platform: Platform): string | undefined {
  const scrapers = componentsWithRole(platform, "metrics-scraper");
  // Collectors that scrape hand on what they find; they evaluate nothing.
  return (scrapers.find(({ software }) => software !== "otel-scraper") ?? scrapers[0])?.namespace;
}

function groupRules(platform: Platform, groups: readonly AlertGroup[], options: AlertingOptions): readonly Resource[] {
  return groups.flatMap((group) => groupRule(platform, group, options) ?? []);
}

/** Groups that environments share are one object, and so is their PrometheusRule. */
const groupRule = once((platform: Platform, group: AlertGroup, options: AlertingOptions): Resource | undefined => {
  const namespace = ruleNamespace(platform);
  return namespace === undefined
    ? undefined
    : prometheusRule({
        name: group.name,
        namespace,
        labels: options.ruleLabels ?? {},
        group: { name: group.group, rules: rulesOf(platform, group, options) },
      });
});

function routingFindings(platform: Platform, environment: Environment, options: AlertingOptions): readonly Finding[] {
  const config = alertmanagerConfig(platform, environment, options);
  return [
    ...alertmanagerFindings(config),
    ...(options.teamRouting === "alertmanager-configs" ? dividedRoutingFindings(config) : []),
  ];
}

function routing(platform: Platform, environment: Environment, options: AlertingOptions): readonly Resource[] {
  const [alertmanager] = componentsWithRole(platform, "alert-manager");
  if (alertmanager === undefined) return [];
  const { namespace } = alertmanager;
  const config = alertmanagerConfig(platform, environment, options);
  const { central, ofTeams } =
    options.teamRouting === "alertmanager-configs"
      ? dividedRouting(platform, config, namespace)
      : { central: config, ofTeams: [] };
  return [
    alertmanagerSecret(namespace, environment, central),
    ...ofTeams,
    ...(bringsSecrets(platform) ? alertingExternalSecrets(namespace, environment, config, options) : []),
  ];
}

/** True where External Secrets runs: elsewhere somebody else brings the Secrets. */
function bringsSecrets({ components }: Platform): boolean {
  return components.some(({ software }) => software === "external-secrets");
}
