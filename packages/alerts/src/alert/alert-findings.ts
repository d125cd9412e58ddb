import { type Finding, parseDuration } from "@plinth/core";
import {
  type Expression,
  labelsOfPromql,
  metricCatalogue,
  type PromqlContext,
  printPromql,
  promqlFindings,
} from "@plinth/metrics";
import type { Alert } from "./alert.ts";
import { foreignReferences, labelsInText } from "./template.ts";

// Labels that Prometheus, the rule or the routing set.
const reservedLabels: ReadonlySet<string> = new Set(["alertname", "severity", "team"]);
const minute = 60_000;

type Report = (code: Finding["code"], path: string, message: string, expected: string) => void;

/**
 * What is wrong with an alert: an expression that does not fit the metric catalogue, labels in its texts that the expression does not give, a missing
 * runbook or test. The component of the alerts reports these; Plinth's own have none.
 *
 * @example
 * alertFindings(watchdog); // []
 */
export function alertFindings(alert: Alert): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, path, message, expected) => {
    findings.push({ code, severity: "error", path: `alerts[${alert.name}].${path}`, message, expected });
  };
  if (!/^[A-Z][A-Za-z0-9]*$/.test(alert.name))
    report(
      "invalid-field",
      "name",
      `is ${JSON.stringify(alert.name)}`,
      "letters and digits, the first a capital: NodeNotReady",
    );
  checkExpression(alert, report);
  checkTexts(alert, report);
  checkRunbook(alert, report);
  checkScenarios(alert, report);
  return findings;
}

function contextOf({ metrics }: Alert): PromqlContext {
  return metrics.length === 0
    ? {}
    : { catalogue: new Map([...metricCatalogue, ...metrics.map((metric) => [metric.name, metric] as const)]) };
}

// The queries of a runbook that a thousand services share are looked at once.
const stepFindings = new WeakMap<Expression, readonly Finding[]>();

function findingsOfStep(promql: Expression, alert: Alert): readonly Finding[] {
  const known = alert.metrics.length === 0 ? stepFindings.get(promql) : undefined;
  if (known !== undefined) return known;
  const findings = promqlFindings(printPromql(promql), contextOf(alert));
  if (alert.metrics.length === 0) stepFindings.set(promql, findings);
  return findings;
}

function checkExpression(alert: Alert, report: Report): void {
  const text = printPromql(alert.expr);
  const context = contextOf(alert);
  for (const { message, expected } of promqlFindings(text, context))
    report("invalid-expression", "expr", message, expected ?? "PromQL about metrics of the catalogue");
  const given = labelsOfPromql(text, context);
  if (given === undefined || !sameNames([...given], alert.labels)) {
    report(
      "conflicting-fields",
      "labels",
      `are ${list(alert.labels)}; the expression gives ${given === undefined ? "labels that nobody knows" : list([...given])}`,
      "exactly the labels of the result: aggregate by them",
    );
  }
  for (const name of Object.keys(alert.extraLabels)) {
    if (alert.labels.includes(name) || reservedLabels.has(name))
      report("conflicting-fields", `extraLabels.${name}`, "is a label that the alert has already", "a name of its own");
  }
  if (alert.owner === "namespace" && !alert.labels.includes("namespace"))
    report(
      "conflicting-fields",
      "owner",
      "is the team of the namespace, and the alert has no label namespace",
      'labels: ["namespace"], or another owner',
    );
  if (parseDuration(alert.for) === undefined)
    report("invalid-field", "for", `is ${JSON.stringify(alert.for)}`, 'a Prometheus duration: "15m"');
  if (alert.keepFiringFor !== undefined && parseDuration(alert.keepFiringFor) === undefined)
    report(
      "invalid-field",
      "keepFiringFor",
      `is ${JSON.stringify(alert.keepFiringFor)}`,
      'a Prometheus duration: "15m"',
    );
}

function checkTexts(alert: Alert, report: Report): void {
  for (const field of ["summary", "description", "impact"] as const) {
    const text = alert[field];
    if (text.trim() === "") report("invalid-field", field, "is empty", "a sentence");
    for (const label of labelsInText(text)) {
      if (!alert.labels.includes(label))
        report(
          "unknown-reference",
          field,
          `names the label ${JSON.stringify(label)}, which the expression does not give`,
          `one of ${list(alert.labels)}`,
        );
    }
    for (const reference of foreignReferences(text))
      report("invalid-expression", field, `has ${reference}`, "labels, or the value as a percentage");
  }
  if (alert.summary.includes("\n")) report("invalid-field", "summary", "has several lines", "one line");
}

function checkRunbook(alert: Alert, report: Report): void {
  const { runbook } = alert;
  for (const field of ["meaning", "impact"] as const) {
    if (runbook[field].trim() === "") report("invalid-field", `runbook.${field}`, "is empty", "a paragraph");
  }
  for (const field of ["diagnosis", "mitigation"] as const) {
    if (runbook[field].length === 0) report("invalid-field", `runbook.${field}`, "has no step", "at least one step");
    for (const [index, { promql }] of runbook[field].entries()) {
      if (promql === undefined) continue;
      for (const { message, expected } of findingsOfStep(promql, alert))
        report(
          "invalid-expression",
          `runbook.${field}[${index}].promql`,
          message,
          expected ?? "PromQL about metrics of the catalogue",
        );
    }
  }
}

function checkScenarios(alert: Alert, report: Report): void {
  if (alert.fires.length === 0) report("invalid-field", "fires", "is empty", "a situation on which the alert fires");
  // An expression without a series, as Watchdog's, holds whatever happens.
  const looksAtSeries = alert.fires.some(({ series }) => series.length > 0);
  if (looksAtSeries && alert.quiet.length === 0)
    report("invalid-field", "quiet", "is empty", "a situation on which the alert stays quiet");
  for (const [index, scenario] of alert.fires.entries()) {
    const path = `fires[${index}]`;
    if (!sameNames(Object.keys(scenario.labels), alert.labels))
      report(
        "conflicting-fields",
        `${path}.labels`,
        `are ${list(Object.keys(scenario.labels))}`,
        `a value for each of ${list(alert.labels)}`,
      );
    for (const field of ["after", "until"] as const) {
      const time = scenario[field] === undefined ? 0 : parseDuration(scenario[field]);
      if (time === undefined || time % minute !== 0)
        report("invalid-field", `${path}.${field}`, `is ${JSON.stringify(scenario[field])}`, 'whole minutes: "10m"');
    }
    if (scenario.value === undefined && [alert.summary, alert.description].some((text) => text.includes("$value")))
      report(
        "invalid-field",
        `${path}.value`,
        "is missing, and a text names the value",
        "the expression's value when the alert fires",
      );
  }
  for (const [index, { series }] of [...alert.fires, ...alert.quiet].entries()) {
    for (const { samples } of series) {
      for (const { lasts } of samples) {
        const time = lasts === undefined ? 0 : parseDuration(lasts);
        if (time === undefined || time % minute !== 0)
          report(
            "invalid-field",
            `scenarios[${index}].series`,
            `lasts ${JSON.stringify(lasts)}`,
            'whole minutes: "10m"',
          );
      }
    }
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
