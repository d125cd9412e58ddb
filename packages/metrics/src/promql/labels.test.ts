import { describe, expect, it } from "vitest";
import { labelsOfPromql } from "./labels.ts";

const sorted = (text: string): readonly string[] | undefined => {
  const labels = labelsOfPromql(text);
  return labels === undefined ? undefined : [...labels].sort();
};
const ofTarget = ["container", "endpoint", "instance", "job", "namespace", "pod", "service"];

describe("the labels that a result can have", () => {
  it.each([
    ["up", ofTarget],
    ["kube_node_status_condition", [...ofTarget, "condition", "node", "status"].sort()],
    ["sum(up)", []],
    ["sum by (job, nothing) (up)", ["job"]],
    ["sum without (job, pod, container, service, endpoint) (up)", ["instance", "namespace"]],
    ["topk(3, sum by (job) (up))", ["job"]],
    ['count_values by (job) ("version", up)', ["job", "version"]],
    ["sum by (job) (up) + sum by (job, pod) (up)", ["job"]],
    ["sum by (job, pod) (up) / on (job) sum by (job) (up)", ["job"]],
    ["sum by (job, pod) (up) / ignoring (pod) sum by (job) (up)", ["job"]],
    ["sum by (job, pod) (up) > on (job) sum by (job) (up)", ["job"]],
    ["sum by (job) (up) > bool 1", ["job"]],
    ["1 - sum by (job) (up)", ["job"]],
    ["sum by (job, pod) (up) * on (pod) group_left (node) kube_pod_info", ["job", "node", "pod"]],
    ["kube_pod_info * on (pod) group_right (node) sum by (job, pod) (up)", ["job", "node", "pod"]],
    ["sum by (job) (up) or sum by (pod) (up)", ["job", "pod"]],
    ["sum by (job) (up) and on () kube_pod_info", ["job"]],
    ["sum by (job) (up) unless kube_pod_info", ["job"]],
    ['absent(up{job="a",pod=~"b"})', ["job"]],
    ['absent_over_time(up{job="a"}[5m])', ["job"]],
    ["absent(sum(up))", []],
    ["time()", []],
    ["vector(1)", []],
    ['label_replace(sum by (job) (up), "team", "$1", "job", "(.*)")', ["job", "team"]],
    ["histogram_quantile(0.9, sum by (job, le) (rate(traces_span_metrics_duration_seconds_bucket[5m])))", ["job"]],
    ["-(sum by (job) (up))", ["job"]],
    ["max_over_time(sum by (job) (up)[1h:5m])", ["job"]],
    ["quantile_over_time(0.9, up[5m])", ofTarget],
  ])("of %s", (text, labels) => expect(sorted(text)).toEqual(labels));

  it.each(["unknown_metric", '{job="a"}', "sum(", "unknown_metric + up"])("cannot be known of %j", (text) =>
    expect(labelsOfPromql(text)).toBeUndefined(),
  );

  it("are at most those of the clause, even of an unknown metric", () => {
    expect(sorted("sum by (a, b) (unknown_metric)")).toEqual(["a", "b"]);
  });
});
