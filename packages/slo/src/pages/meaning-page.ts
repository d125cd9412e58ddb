import { type Document, type Environment, markdownTable, type Platform, servicesIn } from "@plinth/core";
import { type AlertDelay, type AlertMeaning, meaningOf, type ObjectiveMeaning } from "../meaning/objective-meaning.ts";
import { shareText, timeText } from "../meaning/time-text.ts";
import { objectivesOf } from "../objectives/objectives-of.ts";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { sloDetailUrl } from "../objectives/slo-detail-url.ts";
import { platformObjectives } from "../platform/platform-objectives.ts";

/** A page for each environment that says what is promised there, what may go wrong, and how soon who is told: `docs/slo/<environment>.md`. */
export function meaningPages(
  platform: Platform,
  { ownObjectives }: { readonly ownObjectives: boolean },
): readonly Document[] {
  return platform.environments.flatMap((environment) => {
    const objectives = [
      ...servicesIn(platform, environment).flatMap((service) => objectivesOf(platform, environment, service)),
      ...(ownObjectives ? platformObjectives(platform, environment) : []),
    ];
    return objectives.length === 0
      ? []
      : [{ path: `docs/slo/${environment.name}.md`, text: page(platform, environment, objectives) }];
  });
}

function page(platform: Platform, environment: Environment, objectives: readonly ServiceLevelObjective[]): string {
  const rows = objectives.map((objective) => ({ objective, meaning: meaningOf(objective) }));
  const blocks = [
    `# What is promised in ${environment.name}`,
    "Budgets are of the whole period, under even traffic. Delays count from the first bad event after a time without any, to when the alert fires: from what its windows need to what sampling and evaluation add.",
    "## Budgets",
    markdownTable(
      ["Service", "SLO", "Promise", "Full outage", "Bad of a million", "Page loses at most", "Ticket loses at most"],
      rows.map(({ meaning }) => budgetCells(meaning, sloUrl(platform, environment, meaning))),
    ),
    "## How soon the alerts fire",
    markdownTable(
      ["Service", "SLO", "Alert", "From", "Full outage", "10 % bad", "1 % bad"],
      rows.flatMap(({ meaning }) => meaning.alerts.map((alert) => delayCells(meaning, alert))),
    ),
    ...policySection(rows.map(({ objective }) => objective)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** Its dashboard: what of this is true just now. */
function sloUrl(platform: Platform, { name: environment }: Environment, { service, name }: ObjectiveMeaning): string {
  return sloDetailUrl(platform, { environment, service, slo: name });
}

function budgetCells(meaning: ObjectiveMeaning, url: string): readonly string[] {
  const { service, name, description, budget, alerts } = meaning;
  const lost = (severity: "page" | "ticket"): string => {
    const alert = alerts.find((each) => each.severity === severity);
    return alert === undefined ? "" : alert.mostLost === 0 ? "never fires" : shareText(alert.mostLost);
  };
  return [
    service,
    `[${name}](${url})`,
    description,
    timeText(budget.outage),
    Math.round(budget.perMillion).toLocaleString("en-US"),
    lost("page"),
    lost("ticket"),
  ];
}

function delayCells({ service, name }: ObjectiveMeaning, alert: AlertMeaning): readonly string[] {
  const from = alert.smallestErrorRate < 1 ? `more than ${shareText(alert.smallestErrorRate)}` : "never";
  return [service, name, alert.severity, from, ...alert.fires.map(delayCell)];
}

function delayCell({ after }: AlertDelay): string {
  return after === undefined ? "never" : `${timeText(after.soonest)} to ${timeText(after.latest)}`;
}

/** What is agreed for when budgets run low, each agreement once with those that it holds for. */
function policySection(objectives: readonly ServiceLevelObjective[]): readonly string[] {
  const agreed = Map.groupBy(
    objectives.filter(({ extras }) => extras?.policy !== undefined),
    ({ extras }) => JSON.stringify(extras?.policy),
  );
  const tables = [...agreed.values()].flatMap((same) => [
    `For ${same.map(({ service, name }) => `${service} ${name}`).join(", ")}:`,
    markdownTable(
      ["Budget left", "What is done", "Alert"],
      (same[0]?.extras?.policy ?? []).map(({ left, action, alert }) => [`${left} %`, action, alert ?? "none"]),
    ),
  ]);
  return tables.length === 0 ? [] : ["## When a budget runs low", ...tables];
}
