import { fieldAt, listAt, once, textAt, textMapAt } from "@plinth/core";
import type { TreeObject } from "../../comparison/tree-comparison.ts";

/** An objective as it is rendered. */
export interface RenderedObjective {
  readonly object: TreeObject;
  /** `<service>-<name>`: what Sloth knows it by. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  /** Percent. */
  readonly objective: number;
  /** What is bad and what is all, or the share of bad. */
  readonly queries: Readonly<Record<string, string>>;
  readonly pages: boolean;
  readonly tickets: boolean;
  /** Name, labels and annotations of its alerts. */
  readonly alerting: unknown;
}

/** The objectives of a PrometheusServiceLevel. */
export const objectivesOf: (object: TreeObject) => readonly RenderedObjective[] = once((object: TreeObject) => {
  const service = textAt(object.resource, "spec", "service");
  return listAt(object.resource, "spec", "slos").map((slo): RenderedObjective => {
    const name = textAt(slo, "name");
    const objective = fieldAt(slo, "objective");
    return {
      object,
      id: `${service}-${name}`,
      service,
      name,
      objective: typeof objective === "number" ? objective : Number.NaN,
      queries: queriesOf(fieldAt(slo, "sli")),
      pages: fieldAt(slo, "alerting", "pageAlert", "disable") !== true,
      tickets: fieldAt(slo, "alerting", "ticketAlert", "disable") !== true,
      alerting: fieldAt(slo, "alerting"),
    };
  });
});

function queriesOf(sli: unknown): Readonly<Record<string, string>> {
  const plugin = textAt(sli, "plugin", "id");
  return {
    ...withWord("bad", textAt(sli, "events", "errorQuery")),
    ...withWord("all", textAt(sli, "events", "totalQuery")),
    ...withWord("share of bad", textAt(sli, "raw", "errorRatioQuery")),
    ...withWord("plugin", plugin === "" ? "" : `${plugin} ${JSON.stringify(textMapAt(sli, "plugin", "options"))}`),
  };
}

function withWord(word: string, query: string): Readonly<Record<string, string>> {
  return query === "" ? {} : { [word]: query };
}

/** What the generated rules of an objective say beyond the objective itself. */
export interface RenderedBurnRules {
  /** Days that the promise is kept over. */
  readonly days?: number;
  /** The calendar that budgets are counted by beside the days: `month`. */
  readonly calendar?: string;
  /** `page: 14.4 times over 1h and 5m, 6 times over 6h and 30m`, for each of its alerts. */
  readonly burning: readonly string[];
  /** Names of its other alerts, sorted: on a budget that is used up, on a metric that is not there. */
  readonly others: readonly string[];
}

/** What the rules of an object say of objectives, by the objective's id. */
export const burnRulesOf: (object: TreeObject) => ReadonlyMap<string, RenderedBurnRules> = once(
  (object: TreeObject) => {
    const found = new Map<string, RenderedBurnRules>();
    for (const group of listAt(object.resource, "spec", "groups")) {
      const ofGroup = /^(?:sloth-slo-(?:sli-recordings|meta-recordings|alerts)|plinth-slo-additions)-(.+)$/;
      const id = ofGroup.exec(textAt(group, "name"))?.[1];
      if (id === undefined) continue;
      const known = found.get(id) ?? { burning: [], others: [] };
      found.set(id, withRules(known, listAt(group, "rules")));
    }
    return found;
  },
);

function withRules(known: RenderedBurnRules, rules: readonly unknown[]): RenderedBurnRules {
  const period = rules.find((rule) => textAt(rule, "record") === "slo:time_period:days");
  const days = /^vector\((\d+(?:\.\d+)?)\)$/.exec(textAt(period, "expr").trim())?.[1];
  const calendar = rules.find((rule) => textAt(rule, "labels", "calendar") !== "");
  const alerts = rules.filter((rule) => textAt(rule, "alert") !== "");
  const burns = alerts.flatMap((rule) => {
    const severity = textAt(rule, "labels", "sloth_severity");
    return severity === "" ? [] : [`${severity}: ${burnText(textAt(rule, "expr"), textAt(rule, "for"))}`];
  });
  const others = alerts.filter((rule) => textAt(rule, "labels", "sloth_severity") === "");
  return {
    ...known,
    ...(days === undefined ? {} : { days: Number(days) }),
    ...(calendar === undefined ? {} : { calendar: textAt(calendar, "labels", "calendar") }),
    burning: [...known.burning, ...burns].sort(),
    others: [...known.others, ...others.map((rule) => textAt(rule, "alert"))].sort(),
  };
}

const burning = /ratio_rate(\w+)\{[^}]*\}\s*>\s*\(([\d.e+-]+) \*/g;

function burnText(expression: string, waits: string): string {
  const parts = [...expression.matchAll(burning)].map(([, window = "", factor = ""]) => ({ window, factor }));
  const factors = [...new Set(parts.map(({ factor }) => factor))];
  const clauses = factors.map(
    (factor) =>
      `${factor} times over ${parts
        .filter((part) => part.factor === factor)
        .map(({ window }) => window)
        .join(" and ")}`,
  );
  return `${clauses.join(", ")}${waits === "" ? "" : ` for ${waits}`}`;
}
