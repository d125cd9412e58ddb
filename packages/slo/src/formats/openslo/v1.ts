import { type Finding, hasErrors } from "@plinth/core";
import type { SlothAlert, SlothAlerting, SlothObjective } from "../../sloth/prometheus-service-level.ts";
import { readShape } from "../read-shape.ts";
import { type Report, reportInto } from "../report.ts";
import type { ReadDocument, ServiceLevelDocument } from "../service-level-document.ts";
import { alertAnnotationPrefixes, openSloAnnotations } from "./annotations.ts";
import { badRatio, type OpenSloIndicator } from "./indicator.ts";
import type { OpenSloReferences } from "./references.ts";
import { openSloShapes, type ReadObject, type ReadObjective, type ReadSlo } from "./v1-shapes.ts";

/**
 * An SLO of OpenSLO v1: each of its objectives is an SLO. Alerts are on where a policy of that severity is there; their windows are those of the rules.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/README.md#slo
 */
export function readOpenSloV1(input: unknown, prefix: string, references: OpenSloReferences): ReadDocument {
  const { value, findings: shape } = readShape(openSloShapes.slo, input, { prefix });
  if (value === undefined) return { findings: shape };
  const findings: Finding[] = [...shape];
  const report = reportInto(findings, prefix);
  const { metadata: head, spec } = value;
  const [timeWindow] = spec.timeWindow;
  if (timeWindow?.calendar !== undefined)
    report.warn("spec.timeWindow[0].calendar", "is a calendar's window, and is read as a rolling one of that length");
  const document: ServiceLevelDocument = {
    format: "openslo/v1",
    spec: { service: spec.service, slos: objectivesOf(value, references, report) },
    ...(timeWindow === undefined ? {} : { period: rollingPeriod(timeWindow.duration) }),
    metadata: { name: head.name },
  };
  return hasErrors(findings) ? { findings } : { document, findings };
}

function objectivesOf(
  { metadata: head, spec }: ReadObject<ReadSlo>,
  references: OpenSloReferences,
  report: Report,
): readonly SlothObjective[] {
  if (spec.objectives.some((each) => each.indicator !== undefined || each.indicatorRef !== undefined)) {
    report.refuse("spec.objectives", "is a composite of several indicators", "one indicator for the whole SLO");
    return [];
  }
  const source = indicatorOf(spec, references, report);
  const alerting = alertingOf({ metadata: head, spec }, references, report);
  const name = head.annotations?.[openSloAnnotations.name] ?? head.name;
  return spec.objectives.flatMap((objective, index): readonly SlothObjective[] => {
    const at = `spec.objectives[${index}]`;
    const percent = percentOf(objective, at, report);
    const sli =
      source === undefined ? undefined : badRatio(source, { ...objective, method: spec.budgetingMethod }, at, report);
    if (percent === undefined || sli === undefined) return [];
    return [
      {
        name: spec.objectives.length === 1 ? name : `${name}-${index}`,
        ...(spec.description === undefined ? {} : { description: spec.description }),
        objective: percent,
        ...(head.labels === undefined ? {} : { labels: singleLabels(head.labels) }),
        sli,
        alerting,
      },
    ];
  });
}

function indicatorOf(
  { indicator: inline, indicatorRef }: ReadSlo,
  { indicators }: OpenSloReferences,
  report: Report,
): OpenSloIndicator | undefined {
  if (inline !== undefined && indicatorRef !== undefined) {
    report.refuse("spec.indicatorRef", "is there beside an indicator", "one of the two");
    return undefined;
  }
  if (inline !== undefined) return { ...inline.spec, at: "spec.indicator.spec" };
  if (indicatorRef === undefined) {
    report.refuse("spec.indicator", "is missing", "an indicator, or the name of an SLI in indicatorRef");
    return undefined;
  }
  const found = indicators.get(indicatorRef);
  if (found === undefined) {
    const known = [...indicators.keys()];
    report.refuse(
      "spec.indicatorRef",
      `is ${JSON.stringify(indicatorRef)}, and no document has an SLI of that name`,
      known.length === 0 ? "the SLI in the same file" : `one of ${known.join(", ")}`,
    );
    return undefined;
  }
  return { ...found, at: "spec.indicatorRef" };
}

function percentOf(
  { target: share, targetPercent: percent }: ReadObjective,
  at: string,
  report: Report,
): number | undefined {
  if ((share === undefined) === (percent === undefined)) {
    report.refuse(
      at,
      share === undefined ? "has no target" : "has target and targetPercent",
      "one of the two",
      "targetPercent: 99.9",
    );
    return undefined;
  }
  return percent ?? (share ?? 0) * 100;
}

/** The value that is one text: of several the reader takes the list. */
function singleLabels(values: Readonly<Record<string, string | string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : value.join(",")]),
  );
}

// What a page and a ticket are called elsewhere.
const severities: Readonly<Record<string, "page" | "ticket">> = {
  page: "page",
  critical: "page",
  high: "page",
  ticket: "ticket",
  warning: "ticket",
  medium: "ticket",
  low: "ticket",
};

function alertingOf(
  { metadata: { annotations = {}, name }, spec }: ReadObject<ReadSlo>,
  references: OpenSloReferences,
  report: Report,
): SlothAlerting {
  const wanted = new Set<"page" | "ticket">();
  for (const [index, entry] of (spec.alertPolicies ?? []).entries()) {
    const at = `spec.alertPolicies[${index}]`;
    const found = entry.spec ?? references.policies.get(entry.alertPolicyRef ?? "");
    if (found === undefined) {
      report.refuse(at, "is no policy, and names none that is there", "a policy, or the name of one in the same file");
      continue;
    }
    for (const each of found.conditions) {
      const condition = each.spec ?? references.conditions.get(each.conditionRef ?? "");
      const severity = condition === undefined ? undefined : severities[condition.severity.toLowerCase()];
      if (condition === undefined)
        report.refuse(at, "has a condition that is not there", "a condition, or the name of one in the same file");
      else if (severity === undefined)
        report.refuse(
          `${at}.spec.conditions[0].spec.severity`,
          `is ${JSON.stringify(condition.severity)}`,
          `one of ${Object.keys(severities).join(", ")}`,
        );
      else wanted.add(severity);
    }
  }
  const { both, page, ticket } = alertAnnotationPrefixes;
  const alert = (kind: "page" | "ticket", prefixes: typeof page | typeof ticket): SlothAlert =>
    wanted.has(kind) ? alertMeta(annotations, prefixes) : { disable: true };
  if (wanted.size === 0) return { pageAlert: { disable: true }, ticketAlert: { disable: true } };
  return {
    name: annotations[openSloAnnotations.alert] ?? name,
    ...alertMeta(annotations, both),
    pageAlert: alert("page", page),
    ticketAlert: alert("ticket", ticket),
  };
}

function alertMeta(
  annotations: Readonly<Record<string, string>>,
  prefixes: { readonly labels: string; readonly annotations: string },
): Pick<SlothAlert, "labels" | "annotations"> {
  const below = (prefix: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(annotations).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    );
  const alertLabels = below(prefixes.labels);
  const alertAnnotations = below(prefixes.annotations);
  return {
    ...(Object.keys(alertLabels).length === 0 ? {} : { labels: alertLabels }),
    ...(Object.keys(alertAnnotations).length === 0 ? {} : { annotations: alertAnnotations }),
  };
}

const longUnits: Readonly<Record<string, number>> = { M: 30, Q: 90, Y: 365 };

/** OpenSLO's duration as Prometheus writes one: a month has 30 days, a quarter 90, a year 365, as in OpenSLO's own SDK. */
function rollingPeriod(written: string): string {
  const days = longUnits[written.slice(-1)];
  return days === undefined ? written : `${Number(written.slice(0, -1)) * days}d`;
}
