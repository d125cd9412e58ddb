import { type Environment, markdownTable, type Platform } from "@plinth/core";
import { printPromql } from "@plinth/metrics";
import type { Alert, RunbookStep } from "../alert/alert.ts";
import { alertDashboardUrl } from "../alert/dashboard-link.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { overridesInWords } from "../overrides/override-words.ts";
import { type PlatformOwner, platformOwner } from "../routing/owner.ts";
import { alertmanagerConfig, type RoutingOptions } from "../routing/platform-routing.ts";
import { receiversOf } from "../routing/receivers-of.ts";
import { labelsAtAlertmanager } from "../routing/receivers-of-alert.ts";
import { alertingRule } from "../rules/alert-rule.ts";

/** An alert as one environment has it. */
export interface AlertOccurrence {
  readonly environment: Environment;
  readonly alert: Alert;
}

/**
 * The page that a person opens who was woken: meaning, impact, diagnosis with ready queries, mitigation, and whom the alert is sent to in each environment.
 *
 * @param occurrences The alert in each environment that has it; where each service has one of that name, all of them.
 */
export function runbookPage(
  platform: Platform,
  occurrences: readonly AlertOccurrence[],
  options: RoutingOptions = {},
): string {
  const variants = variantsOf(occurrences);
  const [first] = variants;
  if (first === undefined) return "";
  const { name, runbook } = first;
  const blocks = [
    `# ${name}`,
    ...(serviceOf(first) === undefined ? [ruleBlock(platform, first, options)] : [servicesBlock(platform, variants)]),
    "## Meaning",
    runbook.meaning,
    "## Impact",
    runbook.impact,
    "## Diagnosis",
    ...runbook.diagnosis.map(stepBlock),
    "## Mitigation",
    ...runbook.mitigation.map(stepBlock),
    ...queriesBlocks(first),
    ...overrideBlocks(occurrences),
    "## Who is told",
    ownerSentence(platform, first, options),
    ...(first.severity === "none" ? [] : [receiverTable(platform, occurrences, options)]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** The service that an alert is about, where each service has one of that name. */
function serviceOf({ extraLabels }: Alert): string | undefined {
  return extraLabels["service"];
}

/** One alert for each service, or one in all. */
function variantsOf(occurrences: readonly AlertOccurrence[]): readonly Alert[] {
  const byService = new Map<string | undefined, Alert>();
  for (const { alert } of occurrences) {
    if (!byService.has(serviceOf(alert))) byService.set(serviceOf(alert), alert);
  }
  return [...byService.values()].sort((a, b) => ((serviceOf(a) ?? "") < (serviceOf(b) ?? "") ? -1 : 1));
}

function ruleBlock(platform: Platform, alert: Alert, options: RoutingOptions): string {
  const { expr } = alertingRule(platform, platformOwner(platform, options.platformTeam), alert);
  const duration = alert.for === "0s" ? "as soon as this holds" : `once this has held for ${alert.for}`;
  const url = alertDashboardUrl(platform, alert, "page");
  const dashboard = url === undefined ? "" : `\n\n[Dashboard](${url})`;
  return `Severity **${alert.severity}**. Fires ${duration}:\n\n${fence("promql", expr)}${dashboard}`;
}

function servicesBlock(platform: Platform, alerts: readonly Alert[]): string {
  const rows = alerts.map((alert) => {
    const service = serviceOf(alert) ?? "";
    const dashboard = alertDashboardUrl(platform, alert, "page");
    return [
      dashboard === undefined ? service : `[${service}](${dashboard})`,
      typeof alert.owner === "object" ? alert.owner.team : "",
      alert.severity,
      alert.summary,
      alert.for,
    ];
  });
  return markdownTable(["Service", "Team", "Severity", "Fires when", "For"], rows);
}

/** Where to look first in logs and traces. */
function queriesBlocks({ firstQueries }: Alert): readonly string[] {
  const { logs, traces } = firstQueries ?? {};
  if (logs === undefined && traces === undefined) return [];
  return [
    "## First queries",
    ...(logs === undefined ? [] : [`In Loki:\n\n${fence("logql", logs)}`]),
    ...(traces === undefined ? [] : [`In Tempo:\n\n${fence("traceql", traces)}`]),
  ];
}

/** Where the alert is otherwise, what it is there, and why. */
function overrideBlocks(occurrences: readonly AlertOccurrence[]): readonly string[] {
  const rows = new Map(
    occurrences.flatMap(({ environment, alert }) => {
      const words = overridesInWords(alert);
      if (words === undefined) return [];
      const about = serviceOf(alert) ?? (typeof alert.owner === "object" ? alert.owner.team : "everything");
      return [[`${environment.name} ${about} ${words}`, [environment.name, about, words]] as const];
    }),
  );
  return rows.size === 0
    ? []
    : ["## Otherwise", markdownTable(["Environment", "About", "What, and why"], [...rows.values()])];
}

/** A step with its query and its command. */
export function stepBlock({ text, promql, command }: RunbookStep, index: number): string {
  const blocks = [
    ...(promql === undefined ? [] : [fence("promql", printPromql(promql))]),
    ...(command === undefined ? [] : [fence("sh", command)]),
  ];
  return [`${index + 1}. ${text}`, ...blocks.map((block) => block.replace(/^(?=.)/gm, "   "))].join("\n\n");
}

/** Who is told, in a sentence. */
export function ownerSentence(
  platform: Platform,
  { owner, severity }: Pick<Alert, "owner" | "severity">,
  options: RoutingOptions,
): string {
  const { name } = platformOwner(platform, options.platformTeam);
  if (severity === "none")
    return "The receiver of the dead man's switch, outside the cluster. No person is told while it fires.";
  if (owner === "platform") return `The team that runs the platform: ${name}.`;
  if (owner === "namespace")
    return `The team whose namespace it is about; for every other namespace the team that runs the platform: ${name}.`;
  return "The team that owns the service.";
}

/** Whom the routing of each environment leads to: computed, not written down. */
function receiverTable(platform: Platform, occurrences: readonly AlertOccurrence[], options: RoutingOptions): string {
  const owner = platformOwner(platform, options.platformTeam);
  const columns = platform.environments.map((environment) => ({
    environment,
    config: alertmanagerConfig(platform, environment, options),
    alerts: new Map(
      occurrences.flatMap((each) => (each.environment === environment ? [[serviceOf(each.alert), each.alert]] : [])),
    ),
  }));
  const rows = variantsOf(occurrences).flatMap((variant) =>
    subjectsOf(platform, variant, owner).map(({ title, labels }) => [
      title,
      ...columns.map(({ config, alerts }) => {
        const alert = alerts.get(serviceOf(variant));
        return alert === undefined
          ? "not there"
          : receiversOf(config, labelsAtAlertmanager(alertingRule(platform, owner, alert), labels)).join(", ");
      }),
    ]),
  );
  const [first] = occurrences;
  const about =
    first?.alert.owner === "namespace"
      ? "Namespace of"
      : first !== undefined && serviceOf(first.alert) !== undefined
        ? "Service"
        : "Team";
  return markdownTable([about, ...columns.map(({ environment }) => environment.name)], rows);
}

/** What the alert may be about, as far as it matters to the routing. */
interface Subject {
  readonly title: string;
  readonly labels: LabelSet;
}

function subjectsOf(platform: Platform, alert: Alert, platformTeam: PlatformOwner): readonly Subject[] {
  const { owner } = alert;
  if (owner === "platform") return [{ title: platformTeam.name, labels: {} }];
  if (owner !== "namespace") return [{ title: serviceOf(alert) ?? owner.team, labels: {} }];
  return [
    ...platform.teams.map((team) => ({ title: team.name, labels: { namespace: team.namespace } })),
    { title: "anybody else", labels: {} },
  ];
}

export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
