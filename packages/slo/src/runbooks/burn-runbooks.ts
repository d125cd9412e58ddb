import { type Document, markdownTable, type Platform, promisesOf, servicesIn } from "@plinth/core";
import { dashboardUrl, linkedPanels, printPromql, runbookPath, serviceDashboardUid } from "@plinth/metrics";
import { objectivesOf } from "../objectives/objectives-of.ts";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { platformObjectives } from "../platform/platform-objectives.ts";
import { additionalAlertNames } from "../rules/additional-rules.ts";
import type { RuleMode } from "../rules/objective-rules.ts";
import type { AlertWindow, AlertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { type BurnRunbookStep, burnRunbookTexts, type ObjectiveAlertName } from "./burn-runbook-texts.ts";

/** A page for each kind of alert that some objective has: what it means, how to find the cause, how to end it, and whose it is. */
export function burnRunbooks(
  platform: Platform,
  { ownObjectives, mode }: { readonly ownObjectives: boolean; readonly mode: RuleMode },
): readonly Document[] {
  const objectives = distinctObjectives(platform, ownObjectives);
  const rendered = alertNames.filter((alert) => mode === "plinth" || !isAdditional(alert));
  return rendered.flatMap((alert) => {
    const own = objectives.filter((objective) => severitiesOf(alert, objective).length > 0);
    return own.length === 0 ? [] : [{ path: runbookPath(alert), text: page(platform, alert, own) }];
  });
}

const isAlertName = (name: string): name is ObjectiveAlertName => Object.hasOwn(burnRunbookTexts, name);
const alertNames: readonly ObjectiveAlertName[] = Object.keys(burnRunbookTexts).filter(isAlertName);

/** Each objective once, however many environments have it. */
function distinctObjectives(platform: Platform, ownObjectives: boolean): readonly ServiceLevelObjective[] {
  const all = platform.environments.flatMap((environment) => [
    ...servicesIn(platform, environment).flatMap((service) =>
      promisesOf(service).length === 0 ? [] : objectivesOf(platform, environment, service),
    ),
    ...(ownObjectives ? platformObjectives(platform, environment) : []),
  ]);
  return [...new Map(all.map((objective) => [`${objective.service}/${objective.name}`, objective])).values()];
}

/** In which severities an objective has an alert. */
function severitiesOf(alert: ObjectiveAlertName, { alerts, extras = {} }: ServiceLevelObjective): readonly string[] {
  switch (alert) {
    case additionalAlertNames.absent:
      return extras.absent === undefined ? [] : ["warning"];
    case additionalAlertNames.low:
    case additionalAlertNames.exhausted:
      return (extras.budget ?? []).flatMap(({ left, labels }) =>
        left > 0 === (alert === additionalAlertNames.low) ? [`${labels["severity"]} at ${left} %`] : [],
      );
    default:
      return alerts.name !== alert
        ? []
        : [...(alerts.page === undefined ? [] : ["page"]), ...(alerts.ticket === undefined ? [] : ["ticket"])];
  }
}

function page(platform: Platform, alert: ObjectiveAlertName, objectives: readonly ServiceLevelObjective[]): string {
  const { meaning, impact, diagnosis, mitigation } = burnRunbookTexts[alert];
  const isService = (name: string): boolean => platform.services.some((service) => service.name === name);
  const blocks = [
    `# ${alert}`,
    markdownTable(
      ["Service", "Team", "Promise", "Alerts"],
      objectives.map((objective) => [
        isService(objective.service)
          ? `[${objective.service}](${dashboardUrl(platform, serviceDashboardUid(objective.service), { panel: linkedPanels.burnRate })})`
          : objective.service,
        objective.labels["team"] ?? "",
        objective.description,
        severitiesOf(alert, objective).join(", "),
      ]),
    ),
    "## Meaning",
    meaning,
    ...(isAdditional(alert) ? [] : windowTables(objectives)),
    "## Impact",
    impact,
    "## Diagnosis",
    ...diagnosis.map(step),
    "## Mitigation",
    ...mitigation.map(step),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function isAdditional(alert: ObjectiveAlertName): boolean {
  return Object.values(additionalAlertNames).some((name) => name === alert);
}

/** The windows of the alerts, for each period that some objective has. */
function windowTables(objectives: readonly ServiceLevelObjective[]): readonly string[] {
  const periods = [...new Set(objectives.map(({ period = "30d" }) => period))];
  return [
    "`sloth_slo` is the name of the promise, `sloth_severity` the alert. Either line of an alert is enough; the rate says how many times too fast the budget burns.",
    ...periods.map((period) => {
      const windows = windowsFor(period);
      return markdownTable(
        ["Alert", "Severity", "Rate", "Windows", `Budget of ${period} used up`],
        [
          ["page", "critical", ...burnCells(windows, windows.page.quick)],
          ["page", "critical", ...burnCells(windows, windows.page.slow)],
          ["ticket", "warning", ...burnCells(windows, windows.ticket.quick)],
          ["ticket", "warning", ...burnCells(windows, windows.ticket.slow)],
        ],
      );
    }),
  ];
}

function burnCells(windows: AlertWindows, window: AlertWindow): readonly string[] {
  return [
    String(Number(burnRateFactor(windows, window).toPrecision(3))),
    `${window.shortWindow} and ${window.longWindow}`,
    `${window.errorBudgetPercent} % in ${window.longWindow}`,
  ];
}

function step({ text, promql }: BurnRunbookStep, index: number): string {
  const block = promql === undefined ? [] : [`\`\`\`promql\n${printPromql(promql)}\n\`\`\``.replace(/^(?=.)/gm, "   ")];
  return [`${index + 1}. ${text}`, ...block].join("\n\n");
}
