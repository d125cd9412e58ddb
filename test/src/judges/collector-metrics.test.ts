import { describe, expect, it } from "vitest";
import { catalogueProblems, exposedMetrics, useProblems } from "./collector-metrics.ts";

const page = `# HELP otelcol_exporter_sent_spans Number of spans successfully sent to destination.
# TYPE otelcol_exporter_sent_spans counter
otelcol_exporter_sent_spans{exporter="otlp_grpc/gateway",server_address="a \\"quoted\\", b",pod="its own"} 450
# TYPE otelcol_process_uptime counter
otelcol_process_uptime 1.5e+01
`;
const found = exposedMetrics([page]);
const sent = {
  name: "otelcol_exporter_sent_spans",
  type: "counter",
  labels: ["exporter", "exported_pod", "server_address", "pod"],
} as const;

describe("what a collector exposes", () => {
  it("has names, types and labels", () =>
    expect([...found]).toEqual([
      [
        "otelcol_exporter_sent_spans",
        { type: "counter", labels: new Set(["exporter", "server_address", "exported_pod"]) },
      ],
      ["otelcol_process_uptime", { type: "counter", labels: new Set() }],
    ]));

  it("is what the catalogue says", () => {
    expect(catalogueProblems(sent, found)).toEqual([]);
    expect(catalogueProblems({ ...sent, type: "gauge" }, found)).toHaveLength(1);
    expect(catalogueProblems({ ...sent, labels: ["exporter"] }, found)).toHaveLength(1);
    expect(catalogueProblems({ ...sent, labels: [...sent.labels, "data_type"] }, found)).toHaveLength(1);
    expect(catalogueProblems({ ...sent, name: "otelcol_exporter_queue_size" }, found)).toHaveLength(1);
  });

  it("is what rules ask for", () => {
    const file = "rule.yaml";
    expect(useProblems({ file, name: sent.name, labels: ["exporter", "pod"] }, found)).toEqual([]);
    expect(useProblems({ file, name: sent.name, labels: ["receiver"] }, found)).toMatchObject([{ file }]);
    expect(useProblems({ file, name: `${sent.name}_total`, labels: [] }, found)).toMatchObject([{ file }]);
  });
});
