import { fieldAt, listAt, type Resource, textAt, textMapAt } from "@plinth/core";
import type { AlertingRule, RecordingRule } from "@plinth/metrics";

/** The rules of PrometheusRules, in their order. */
export function rulesOf(resources: readonly Resource[]): readonly (RecordingRule | AlertingRule)[] {
  return resources
    .filter(({ kind }) => kind === "PrometheusRule")
    .flatMap((resource) => listAt(resource, "spec", "groups"))
    .flatMap((group) => listAt(group, "rules"))
    .map((rule) => {
      const [expr, labels] = [textAt(rule, "expr"), textMapAt(rule, "labels")];
      const alert = textAt(rule, "alert");
      if (alert === "") return { record: textAt(rule, "record"), expr, labels };
      const wait = fieldAt(rule, "for");
      const annotations = textMapAt(rule, "annotations");
      return { alert, expr, labels, annotations, ...(typeof wait === "string" ? { for: wait } : {}) };
    });
}
