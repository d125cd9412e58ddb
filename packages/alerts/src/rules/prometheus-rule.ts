import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { buildResource, type Resource } from "@plinth/core";
import type { RuleGroup } from "@plinth/metrics";
import type { LabelSet } from "../labels/label-set.ts";

/**
 * A PrometheusRule with one group.
 *
 * @param options.labels Labels that the Prometheus object selects its rules by.
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
 */
export function prometheusRule(options: {
  readonly name: string;
  readonly namespace: string;
  readonly labels: LabelSet;
  readonly group: RuleGroup;
}): Resource {
  const { name, namespace, labels, group } = options;
  return buildResource(PrometheusRule, {
    metadata: { name, namespace, ...(Object.keys(labels).length === 0 ? {} : { labels }) },
    spec: {
      groups: [
        {
          name: group.name,
          ...(group.interval === undefined ? {} : { interval: group.interval }),
          rules: group.rules.map((rule) =>
            "alert" in rule
              ? { ...rule, labels: { ...rule.labels }, annotations: { ...rule.annotations } }
              : { record: rule.record, expr: rule.expr, labels: { ...rule.labels } },
          ),
        },
      ],
    },
  });
}
