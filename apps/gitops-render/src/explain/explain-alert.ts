import { alertmanagerConfig, type Delivery, deliveriesOf, type LabelSet } from "@plinth/alerts";
import { textMapAt } from "@plinth/core";
import type { Explained, Explanation, NotAnswered } from "./explanation.ts";
import { placeOfObject } from "./places.ts";
import { alertingRulesIn, type RenderedAlert } from "./rendered-alerts.ts";

/** An alert by its labels, and the situation in which it fires. */
export interface AlertQuestion {
  /** `alertname` names the alert; what its rule says of itself need not be repeated. */
  readonly labels: LabelSet;
  /** When it is. @default any time */
  readonly time?: Date;
  /** Labels of other alerts that fire. @default none */
  readonly firing?: readonly LabelSet[];
}

/**
 * Who is told of an alert, by which route, what holds it back, and the rule that makes it.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function explainAlert(
  explained: Explained,
  { labels, time, firing = [] }: AlertQuestion,
): Explanation | NotAnswered {
  const { platform, environment } = explained;
  const name = labels["alertname"];
  const rules = alertingRulesIn(explained.objects).filter(
    ({ rule }) => rule.alert === name && agrees(rule.labels, labels),
  );
  if (name !== undefined && rules.length === 0) {
    const known = alertingRulesIn(explained.objects).filter(({ rule }) => rule.alert === name);
    if (known.length > 0)
      return {
        problem: `${name} has no rule with these labels in ${environment.name}`,
        expected: known.map(({ rule }) => printLabels(rule.labels ?? {})).join(" or "),
        example: `alertname=${name}`,
      };
  }
  // What differs between rules of one name must be said: one alert goes one way.
  const variants = distinct(rules.map(({ rule }) => ({ ...rule.labels })));
  const situations = variants.length === 0 ? [labels] : variants.map((said) => ({ ...said, ...labels }));
  const config = alertmanagerConfig(platform, environment);
  const told = situations.map((full) => ({
    full,
    deliveries: deliveriesOf(config, full, { firing, ...(time === undefined ? {} : { time }) }),
  }));
  const sent = told.flatMap(({ deliveries }) => deliveries.filter((delivery) => delivery.sent));
  return {
    answer: "told",
    summary:
      sent.length === 0
        ? `nobody is told of ${name ?? printLabels(labels)} in ${environment.name}`
        : `${name ?? printLabels(labels)} in ${environment.name} goes to ${distinct(sent.map(({ receiver }) => receiver)).join(", ")}`,
    reasons: [...Map.groupBy(told, ({ deliveries }) => JSON.stringify(deliveries.map(deliveryLines))).values()].flatMap(
      (alike) => [
        ...alike.slice(0, SHOWN_ALIKE).map(({ full }) => `as ${printLabels(full)}`),
        ...(alike.length > SHOWN_ALIKE ? [`and ${alike.length - SHOWN_ALIKE} more of its rules`] : []),
        ...(alike[0]?.deliveries ?? []).flatMap((delivery) => deliveryLines(delivery).map((line) => `  ${line}`)),
      ],
    ),
    places: placesOf(explained, rules),
  };
}

// An alert of every service has a rule for each: the first few show what the labels are.
const SHOWN_ALIKE = 3;

function agrees(said: LabelSet | undefined, asked: LabelSet): boolean {
  return Object.entries(said ?? {}).every(([name, value]) => asked[name] === undefined || asked[name] === value);
}

function deliveryLines({ receiver, path, sent, mutedBy, inhibitedBy }: Delivery): readonly string[] {
  const route = path.slice(1).map(({ matchers = [] }) => (matchers.length === 0 ? "everything" : matchers.join(", ")));
  return [
    `${sent ? "to" : "not to"} ${receiver}: ${route.length === 0 ? "no route is about it, the first one is for everything" : route.join(" → ")}`,
    ...mutedBy.map((interval) => `  silent now: ${interval}`),
    ...inhibitedBy.map(({ source }) => `  held back by ${printLabels(source)}, which fires`),
  ];
}

function placesOf(explained: Explained, rules: readonly RenderedAlert[]): Explanation["places"] {
  return distinct(rules.map(({ object }) => placeOfObject(explained, object)));
}

function printLabels(labels: LabelSet): string {
  return `{${Object.entries(textMapAt(labels))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
