import { formatPromql, parsePromql, type ResultUnit } from "@plinth/metrics";
import type { Consequence } from "../consequence.ts";
import { listed, without } from "../whole/pairs.ts";
import type { AboutAlert } from "./about-alert.ts";
import { compareExpressions } from "./expression-change.ts";
import { secondsOfDuration, secondsText } from "./limit-text.ts";
import type { RenderedAlert } from "./rules-of.ts";

/** When an alert fires, and how urgent it is then. */
export function effectChanges(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  return [
    ...severityChange(base, before, after),
    ...expressionChanges(base, before, after),
    ...waitChange(base, before, after),
  ];
}

const severities: readonly string[] = ["none", "info", "warning", "critical"];

function severityChange(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  const [was = "none", is = "none"] = [before.labels.severity, after.labels.severity];
  if (was === is) return [];
  const [from, to] = [severities.indexOf(was), severities.indexOf(is)];
  const rule =
    from === -1 || to === -1
      ? "alert-severity-changed"
      : to > from
        ? "alert-severity-raised"
        : "alert-severity-lowered";
  return [{ rule, ...base, text: `is ${is}, not ${was}`, details: [] }];
}

function expressionChanges(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  const change =
    after.language === "promql" && before.language === "promql"
      ? compareExpressions(before.expression, after.expression, unitOfText(after) ?? unitOfText(before))
      : before.expression === after.expression
        ? { kind: "same" as const }
        : { kind: "other" as const, before: before.expression, after: after.expression };
  switch (change.kind) {
    case "same":
      return [];
    case "limit": {
      const effect = { more: "more sensitive", less: "less sensitive", other: "another value" }[change.sensitivity];
      const rules = {
        more: "alert-more-sensitive",
        less: "alert-less-sensitive",
        other: "alert-limit-changed",
      } as const;
      return [
        {
          rule: rules[change.sensitivity],
          ...base,
          text: `fires ${change.comparison} ${change.after}, not ${change.comparison} ${change.before}: ${effect}`,
          details: [],
        },
      ];
    }
    case "namespaces": {
      const rules = { wider: "alert-widened", narrower: "alert-narrowed", other: "alert-namespaces-changed" } as const;
      return [
        {
          rule: rules[change.reach],
          ...base,
          text: `looks at ${namespaces(change.after)}, not at ${namespaces(change.before)}`,
          details: [],
        },
      ];
    }
    case "other":
      return [
        {
          rule: "alert-expression-changed",
          ...base,
          text: "measures something else, or under other conditions",
          details: after.language === "promql" ? differingLines(change.before, change.after) : [],
        },
      ];
  }
}

/** The unit that the alert's own text prints its value in. */
function unitOfText({ annotations }: RenderedAlert): ResultUnit | undefined {
  const text = Object.values(annotations).join(" ");
  return formats.find(([format]) => text.includes(`$value | ${format} `))?.[1];
}

// https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers
const formats: readonly (readonly [string, ResultUnit])[] = [
  ["humanizePercentage", "ratio"],
  ["humanizeDuration", "seconds"],
  ["humanize1024", "bytes"],
];

/** `team-a and team-b`, `every namespace but kube-system`. */
function namespaces(names: readonly string[]): string {
  const [left, named] = [
    names.filter((name) => name.startsWith("not ")),
    names.filter((name) => !name.startsWith("not ")),
  ];
  const but = left.length === 0 ? "" : ` but ${listed(left.map((name) => name.slice("not ".length)))}`;
  return `${named.length === 0 ? "every namespace" : listed(named)}${but}`;
}

/** Lines of the formatted expressions that only one side has, with the sides' marks of a diff. */
function differingLines(before: string, after: string): readonly string[] {
  const [was, is] = [formattedLines(before), formattedLines(after)];
  return [...without(was, is).map((line) => `- ${line}`), ...without(is, was).map((line) => `+ ${line}`)];
}

function formattedLines(expression: string): readonly string[] {
  const text = parsePromql(expression).problem === undefined ? formatPromql(expression) : expression;
  return text.split("\n").map((line) => line.trim());
}

function waitChange(base: AboutAlert, before: RenderedAlert, after: RenderedAlert): readonly Consequence[] {
  const [was, is] = [secondsOfDuration(before.waits), secondsOfDuration(after.waits)];
  if (was === is) return [];
  return [
    {
      rule: is > was ? "alert-waits-longer" : "alert-waits-less",
      ...base,
      text: `fires after ${secondsText(is)}, not after ${secondsText(was)}`,
      details: [],
    },
  ];
}
