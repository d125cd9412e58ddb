import { fieldAt, listAt, once, textAt, textMapAt } from "@plinth/core";
import type { TreeObject } from "../../comparison/tree-comparison.ts";
import { printData } from "../whole/pairs.ts";

/** Kinds whose objects hold alerts or recorded series. */
export const ruleKinds: readonly string[] = ["PrometheusRule", "GrafanaAlertRuleGroup"];

/** An alert as it is rendered. */
export interface RenderedAlert {
  readonly object: TreeObject;
  readonly name: string;
  /** PromQL; of an alert of Grafana its queries, as one text. */
  readonly expression: string;
  readonly language: "promql" | "grafana";
  /** How long it must hold: a Prometheus duration. */
  readonly waits: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A recorded series as it is rendered. */
export interface RenderedRecording {
  readonly object: TreeObject;
  readonly name: string;
  readonly expression: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface RenderedRules {
  readonly alerts: readonly RenderedAlert[];
  /** Those of objectives: what they mean is told with the objective, whom they call is not. */
  readonly objectiveAlerts: readonly RenderedAlert[];
  readonly recordings: readonly RenderedRecording[];
}

/** The rules of an object, read once. */
export const rulesOf: (object: TreeObject) => RenderedRules = once((object: TreeObject) =>
  object.resource.kind === "GrafanaAlertRuleGroup" ? grafanaRules(object) : prometheusRules(object),
);

/** The labels with which an alert arrives at Alertmanager, as far as the rule says them. */
export function arrivingLabels({ labels, name }: RenderedAlert): Readonly<Record<string, string>> {
  return { ...labels, alertname: name };
}

function prometheusRules(object: TreeObject): RenderedRules {
  const groups = listAt(object.resource, "spec", "groups");
  const own = groups.filter((group) => !isOfObjectives(group)).flatMap((group) => listAt(group, "rules"));
  const ofObjectives = groups.filter(isOfObjectives).flatMap((group) => listAt(group, "rules"));
  return {
    alerts: own.flatMap((rule) => alertOf(object, rule)),
    objectiveAlerts: ofObjectives.flatMap((rule) => alertOf(object, rule)),
    recordings: own.flatMap((rule): readonly RenderedRecording[] => {
      const name = textAt(rule, "record");
      return name === "" ? [] : [{ object, name, expression: textAt(rule, "expr"), labels: textMapAt(rule, "labels") }];
    }),
  };
}

/** Groups that Sloth makes, and those that Plinth puts beside them. */
function isOfObjectives(group: unknown): boolean {
  return /^(?:sloth|plinth)-slo-/.test(textAt(group, "name"));
}

function alertOf(object: TreeObject, rule: unknown): readonly RenderedAlert[] {
  const name = textAt(rule, "alert");
  if (name === "") return [];
  return [
    {
      object,
      name,
      expression: textAt(rule, "expr"),
      language: "promql",
      waits: textAt(rule, "for") || "0s",
      labels: textMapAt(rule, "labels"),
      annotations: textMapAt(rule, "annotations"),
    },
  ];
}

function grafanaRules(object: TreeObject): RenderedRules {
  return {
    alerts: listAt(object.resource, "spec", "rules").map((rule) => ({
      object,
      name: textAt(rule, "title"),
      expression: printData([fieldAt(rule, "condition"), listAt(rule, "data")]),
      language: "grafana",
      waits: textAt(rule, "for") || "0s",
      labels: textMapAt(rule, "labels"),
      annotations: textMapAt(rule, "annotations"),
    })),
    objectiveAlerts: [],
    recordings: [],
  };
}
