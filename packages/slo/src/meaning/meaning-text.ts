import { days } from "../sloth/burn-rate.ts";
import type { AlertDelay, AlertMeaning, ObjectiveMeaning } from "./objective-meaning.ts";
import { shareText, timeText } from "./time-text.ts";

/**
 * What an objective means, for people: a line about the budget, and two for each alert.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const objectives = objectivesOf(platform, environmentNamed(platform, "production"), serviceNamed(platform, "checkout"));
 * const text = objectives.map((objective) => meaningText(meaningOf(objective))).join("\n");
 */
export function meaningText(meaning: ObjectiveMeaning): string {
  const { service, name, objective, period } = meaning;
  return [
    `${service} / ${name} ${objective} % over ${periodText(period)}: ${budgetText(meaning)}`,
    ...(meaning.alerts.length === 0 ? ["  no alerts"] : meaning.alerts.flatMap(alertLines)),
  ].join("\n");
}

/** `30 days`, `2 h`. */
export function periodText(period: string): string {
  const number = days(period);
  return Number.isInteger(number) ? `${number} ${number === 1 ? "day" : "days"}` : timeText(number * 86_400);
}

/** The budget in one clause. */
export function budgetText({ budget }: ObjectiveMeaning): string {
  return `${timeText(budget.outage)} of full outage, or ${Math.round(budget.perMillion).toLocaleString("en-US")} of a million events, are the budget`;
}

function alertLines(alert: AlertMeaning): readonly string[] {
  const does = alert.severity === "page" ? "pages" : "opens a ticket";
  if (alert.mostLost === 0) return [`  ${alert.severity}: never ${does}: the budget is too large for its windows`];
  return [
    `  ${alert.severity}: ${alert.fires.map((delay) => delayText(delay, does)).join("; ")}`,
    `    from more than ${shareText(alert.smallestErrorRate)} on; a steady burn uses up at most ${shareText(alert.mostLost)} of the budget before`,
  ];
}

function delayText({ errorRate, after }: AlertDelay, does: string): string {
  const what = errorRate === 1 ? "a full outage" : `${shareText(errorRate)} errors`;
  return after === undefined
    ? `${what} never ${errorRate === 1 ? does : plural(does)}`
    : `${what} ${errorRate === 1 ? does : plural(does)} after ${timeText(after.soonest)} to ${timeText(after.latest)}`;
}

function plural(does: string): string {
  return does.replace(/^(\w+)s\b/, "$1");
}
