import type { Correlation } from "./data-source.ts";
import type { Others } from "./settings.ts";
import { questionsAboutSpans } from "./span-questions.ts";

/** The value of an attribute of whoever sent a span. Grafana gives them as a list of keys and values, in either order. */
function attribute(name: string, mapValue: string): Correlation["config"]["transformations"][number] {
  const key = name.replaceAll(".", "\\.");
  return {
    type: "regex",
    field: "serviceTags",
    expression: `\\{(?=[^}]*"key":"${key}")[^}]*"value":"([^"]*)"`,
    mapValue,
  };
}

/**
 * Links behind each span, from Grafana 12 on: what its service logged about this trace, what its pod logged, how its service does.
 *
 * @see https://grafana.com/docs/grafana/latest/datasources/tempo/configure-tempo-data-source/trace-correlations/
 */
export function correlationsOfTraces({ metrics, logs }: Others): readonly Correlation[] {
  const ofService = attribute("service.name", "serviceName");
  const ofPod = attribute("k8s.pod.name", "podName");
  const link = (
    targetUID: string,
    label: string,
    description: string,
    expr: string,
    transformations: Correlation["config"]["transformations"],
  ): Correlation => ({
    targetUID,
    label,
    description,
    type: "query",
    config: { field: "traceID", target: { expr }, transformations },
  });
  return [
    ...(logs === undefined
      ? []
      : [
          link(
            logs,
            "Logs of this service in this trace",
            "What the service logged while it worked on the request.",
            '{service_name="${serviceName}"} | trace_id="${traceID}"',
            [ofService],
          ),
          link(
            logs,
            "Logs of this pod",
            "Everything that the pod logged at that time, of this request or not.",
            '{k8s_pod_name="${podName}"}',
            [ofPod],
          ),
        ]),
    ...(metrics === undefined
      ? []
      : questionsAboutSpans('service_name="${serviceName}"').map(({ name, query }) =>
          link(metrics, name, "Of the service whose span this is.", query, [ofService]),
        )),
  ];
}
