import type { ObjectChange, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import { lineOf } from "../alerts/expression-change.ts";
import type { Consequence, ConsequenceReader } from "../consequence.ts";
import { type About, aboutObjects } from "../whole/about.ts";
import { alikeTogether } from "../whole/alike.ts";
import { pairsOf, sameData, without } from "../whole/pairs.ts";
import { toldChanges } from "../whole/told-changes.ts";
import { budgetText } from "./budget-text.ts";
import { limitChange } from "./limit-change.ts";
import { burnRulesOf, objectivesOf, type RenderedBurnRules, type RenderedObjective } from "./rendered-objective.ts";

/** What a change means for what is promised: objectives, their budgets, indicators, windows and alerts. */
export const objectivesConsequences: ConsequenceReader = (comparison) =>
  comparison.environments.flatMap((environment) => changesIn(comparison, environment));

/** Days that Sloth takes where nothing says how long a promise is kept: https://sloth.dev/usage/cli/ (`--default-slo-period`). */
const DEFAULT_DAYS = 30;

type Side = "before" | "after";

function changesIn(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const levels = toldChanges(comparison, environment, "PrometheusServiceLevel");
  const rules = toldChanges(comparison, environment, "PrometheusRule");
  const objectives = pairsOf(on(levels, "before"), on(levels, "after"), ({ id }) => id);
  const [rulesBefore, rulesAfter] = [burnRules(rules, "before"), burnRules(rules, "after")];
  const told = objectives.flatMap(({ before, after }): readonly Consequence[] => {
    const objective = after ?? before;
    if (objective === undefined) return [];
    const base = {
      // The rules that are generated of it follow.
      ...aboutObjects(environment, [objective.object, ...rulesWith(rules, objective.id)]),
      subject: `objective ${objective.name}`,
    };
    const days = (rulesAfter.get(objective.id) ?? rulesBefore.get(objective.id))?.days ?? DEFAULT_DAYS;
    if (before === undefined) return [comingOrGoing(base, objective, days, "added")];
    if (after === undefined) return [comingOrGoing(base, objective, days, "removed")];
    const earlier = rulesBefore.get(objective.id);
    return changesOf(base, before, after, earlier?.days ?? days, days);
  });
  // Its own alerts follow an objective that is told of.
  const known = new Set(told.map(({ team, service, subject }) => `${team} ${service} ${subject}`));
  const ofRules = ruleChanges(environment, rules).filter(
    ({ rule, team, service, subject }) =>
      rule === "objective-window-changed" || !known.has(`${team} ${service} ${subject}`),
  );
  return alikeTogether([...told, ...ofRules], "objectives", ({ rule }) => rule === "objective-alert-changed");
}

function on(changes: readonly ObjectChange[], side: Side): readonly RenderedObjective[] {
  return changes.flatMap((change) => (change[side] === undefined ? [] : objectivesOf(change[side])));
}

function burnRules(changes: readonly ObjectChange[], side: Side): ReadonlyMap<string, RenderedBurnRules> {
  return new Map(changes.flatMap((change) => (change[side] === undefined ? [] : [...burnRulesOf(change[side])])));
}

function rulesWith(rules: readonly ObjectChange[], id: string): readonly TreeObject[] {
  return rules.flatMap(({ before, after }) => {
    const sides = [after, before].filter((object) => object !== undefined);
    return sides.some((object) => burnRulesOf(object).has(id)) ? sides.slice(0, 1) : [];
  });
}

type Base = About & { readonly subject: string };

function comingOrGoing(
  base: Base,
  { objective, pages, tickets }: RenderedObjective,
  days: number,
  fate: "added" | "removed",
): Consequence {
  const alerts = pages ? "it pages" : tickets ? "it opens tickets" : "no alert watches it";
  return {
    rule: `objective-${fate}`,
    ...base,
    text:
      fate === "added"
        ? `is promised: ${objective} %, a budget of ${budgetText(objective, days)} in ${days} days`
        : `is promised no more: it was ${objective} %, a budget of ${budgetText(objective, days)} in ${days} days`,
    details: [alerts],
  };
}

function changesOf(
  base: Base,
  before: RenderedObjective,
  after: RenderedObjective,
  daysBefore: number,
  days: number,
): readonly Consequence[] {
  const alertTold = [
    ...onOff(base, "page", before.pages, after.pages),
    ...onOff(base, "ticket", before.tickets, after.tickets),
  ];
  const told = [
    ...objectiveChange(base, before, after, daysBefore, days),
    ...indicatorChange(base, before, after),
    ...alertTold,
  ];
  if (told.length > 0 || sameData(withoutTexts(before.alerting), withoutTexts(after.alerting))) return told;
  return [{ rule: "objective-alert-changed", ...base, text: "has alerts with other labels or links", details: [] }];
}

function objectiveChange(
  base: Base,
  before: RenderedObjective,
  after: RenderedObjective,
  daysBefore: number,
  days: number,
): readonly Consequence[] {
  if (before.objective === after.objective) return [];
  const [was, is] = [budgetText(before.objective, daysBefore), budgetText(after.objective, days)];
  const loosened = after.objective < before.objective;
  return [
    {
      rule: loosened ? "objective-loosened" : "objective-tightened",
      ...base,
      text: `goes from ${before.objective} % to ${after.objective} %: the budget ${loosened ? "grows" : "shrinks"} from ${was} to ${is} in ${days} days`,
      details: [],
    },
  ];
}

function indicatorChange(base: Base, before: RenderedObjective, after: RenderedObjective): readonly Consequence[] {
  const words = [...new Set([...Object.keys(before.queries), ...Object.keys(after.queries)])];
  const changed = words.filter((word) => lineOf(before.queries[word] ?? "") !== lineOf(after.queries[word] ?? ""));
  if (changed.length === 0) return [];
  const limit = limitChange(before.queries, after.queries);
  if (limit !== undefined) {
    return [
      {
        rule: `objective-limit-${limit.kind}`,
        ...base,
        text: `counts as bad from ${limit.after}, not from ${limit.before}`,
        details: [],
      },
    ];
  }
  const details = changed.flatMap((word) => [
    ...(before.queries[word] === undefined ? [] : [`- ${word}: ${before.queries[word]}`]),
    ...(after.queries[word] === undefined ? [] : [`+ ${word}: ${after.queries[word]}`]),
  ]);
  return [{ rule: "objective-indicator-changed", ...base, text: "counts something else as bad, or as all", details }];
}

function onOff(base: Base, severity: "page" | "ticket", was: boolean, is: boolean): readonly Consequence[] {
  if (was === is) return [];
  const does = severity === "page" ? "pages" : "opens a ticket";
  return [
    {
      rule: `objective-${severity}-${is ? "on" : "off"}`,
      ...base,
      text: is ? `${does} when its budget burns` : `${does} no more when its budget burns`,
      details: [],
    },
  ];
}

/** Texts name the objective in words, and follow it; a link to a panel follows the panels. */
const texts: ReadonlySet<string> = new Set(["summary", "description", "impact", "title"]);

function withoutTexts(alerting: unknown): unknown {
  return JSON.parse(JSON.stringify(alerting ?? null), (key, value: unknown) => (texts.has(key) ? undefined : value));
}

/** What only the generated rules say: over how many days, and how fast the budget must burn. */
function ruleChanges(environment: string, rules: readonly ObjectChange[]): readonly Consequence[] {
  return rules.flatMap(({ before, after }): readonly Consequence[] => {
    if (before === undefined || after === undefined) return [];
    const [was, is] = [burnRulesOf(before), burnRulesOf(after)];
    return [...is].flatMap(([id, later]): readonly Consequence[] => {
      const earlier = was.get(id);
      if (earlier === undefined) return [];
      const found = aboutObjects(environment, [after]);
      const name = found.service === undefined ? id : id.replace(`${found.service}-`, "");
      const base = { ...found, subject: `objective ${name}` };
      if (earlier.calendar !== later.calendar) {
        const text = `is counted over ${calendarText(later)}, not over ${calendarText(earlier)}`;
        return [{ rule: "objective-window-changed", ...base, text, details: [] }];
      }
      if (earlier.days !== later.days) {
        const text = `is kept over ${daysText(later.days)}, not over ${daysText(earlier.days)}`;
        return [{ rule: "objective-window-changed", ...base, text, details: [] }];
      }
      if (!sameData(earlier.others, later.others)) {
        const details = [
          ...without(later.others, earlier.others).map((alert) => `+ ${alert}`),
          ...without(earlier.others, later.others).map((alert) => `- ${alert}`),
        ];
        return [
          { rule: "objective-alert-changed", ...base, text: "has other alerts beside those on its burning", details },
        ];
      }
      if (sameData(earlier.burning, later.burning)) return [];
      return [
        {
          rule: "objective-burn-rate-changed",
          ...base,
          text: "has alerts that fire at another pace of burning",
          details: [...earlier.burning.map((line) => `- ${line}`), ...later.burning.map((line) => `+ ${line}`)],
        },
      ];
    });
  });
}

function calendarText({ calendar, days }: RenderedBurnRules): string {
  return calendar === undefined ? `the last ${daysText(days)}` : `each ${calendar} of the calendar`;
}

function daysText(days: number | undefined): string {
  return days === undefined ? "an unknown time" : `${days} days`;
}
