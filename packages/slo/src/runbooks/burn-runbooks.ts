import { type Document, markdownTable, type Platform } from "@plinth/core";
import { dashboardUrl, printPromql, runbookPath, servedSpanKind, serviceDashboardUid } from "@plinth/metrics";
import { type BurnAlertName, type PromiseWords, wordsOf } from "../objectives/promise-words.ts";
import { promisesOf } from "../promises/tier-promises.ts";
import { type AlertWindow, alertWindows } from "../sloth/alert-windows.ts";
import { burnRateFactor } from "../sloth/burn-rate.ts";
import { type BurnRunbookStep, burnRunbookTexts } from "./burn-runbook-texts.ts";

const alertNames: readonly BurnAlertName[] = ["AvailabilityBudgetBurn", "LatencyBudgetBurn"];
const windows = alertWindows["30d"];

/** A page for each kind of burn alert that some service has: what it means, how to find the cause, how to end it, and which services have it. */
export function burnRunbooks(platform: Platform): readonly Document[] {
  const rows = platform.services.flatMap((service) => {
    if (servedSpanKind(service) === undefined) return [];
    return promisesOf(service).flatMap((promise) => {
      if (promise.alerts === "none") return [];
      const words = wordsOf(service, promise);
      const link = `[${service.name}](${dashboardUrl(platform, serviceDashboardUid(service.name))})`;
      return [
        { words, cells: [link, service.team, words.promise, promise.alerts === "ticket" ? "ticket" : "page, ticket"] },
      ];
    });
  });
  return alertNames.flatMap((alert) => {
    const own = rows.filter(({ words }) => words.alert === alert);
    return own.length === 0 ? [] : [{ path: runbookPath(alert), text: page(alert, own) }];
  });
}

interface Row {
  readonly words: PromiseWords;
  readonly cells: readonly string[];
}

function page(alert: BurnAlertName, rows: readonly Row[]): string {
  const { meaning, impact, diagnosis, mitigation } = burnRunbookTexts[alert];
  const blocks = [
    `# ${alert}`,
    markdownTable(
      ["Service", "Team", "Promise", "Alerts"],
      rows.map(({ cells }) => cells),
    ),
    "## Meaning",
    meaning,
    "`sloth_slo` is the name of the promise, `sloth_severity` the alert. Either line of an alert is enough; the rate says how many times too fast the budget burns.",
    markdownTable(
      ["Alert", "Severity", "Rate", "Windows", "Budget used up"],
      [
        ["page", "critical", ...burnCells(windows.page.quick)],
        ["page", "critical", ...burnCells(windows.page.slow)],
        ["ticket", "warning", ...burnCells(windows.ticket.quick)],
        ["ticket", "warning", ...burnCells(windows.ticket.slow)],
      ],
    ),
    "## Impact",
    impact,
    "## Diagnosis",
    ...diagnosis.map(step),
    "## Mitigation",
    ...mitigation.map(step),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function burnCells(window: AlertWindow): readonly string[] {
  return [
    String(burnRateFactor(windows, window)),
    `${window.shortWindow} and ${window.longWindow}`,
    `${window.errorBudgetPercent} % in ${window.longWindow}`,
  ];
}

function step({ text, promql }: BurnRunbookStep, index: number): string {
  const block = promql === undefined ? [] : [`\`\`\`promql\n${printPromql(promql)}\n\`\`\``.replace(/^(?=.)/gm, "   ")];
  return [`${index + 1}. ${text}`, ...block].join("\n\n");
}
