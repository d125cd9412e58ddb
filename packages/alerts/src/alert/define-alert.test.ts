import { equal, max, metric } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { defineAlert } from "./define-alert.ts";
import { series, steady } from "./scenario.ts";

const queue = metric("otelcol_exporter_queue_size");

describe("an alert", () => {
  const alert = defineAlert({
    name: "CollectorQueueFull",
    category: "telemetry",
    severity: "warning",
    labels: ["exporter"],
    expr: equal(max(queue, { by: ["exporter"] }), 1000),
    summary: ({ exporter }) => `The queue of ${exporter} is full`,
    description: ({ exporter }, { percentage }) => `${exporter}: ${percentage}`,
    impact: "New telemetry is dropped.",
    runbook: {
      meaning: "The back end is slow.",
      impact: "Gaps.",
      diagnosis: [{ text: "Look." }],
      mitigation: [{ text: "Scale." }],
    },
    fires: [
      {
        name: "the queue is full",
        labels: { exporter: "otlp" },
        value: 1,
        series: [series(queue, { exporter: "otlp" }, steady(1000))],
      },
    ],
    quiet: [{ name: "it is empty", series: [series(queue, { exporter: "otlp" }, steady(0))] }],
  });

  it("is plain data: its texts hold Prometheus' references", () => {
    expect(alert.summary).toBe("The queue of {{ $labels.exporter }} is full");
    expect(alert.description).toBe("{{ $labels.exporter }}: {{ $value | humanizePercentage }}");
    expect(structuredClone(alert)).toEqual(alert);
  });

  it("belongs to the owner of the platform and fires at once, unless it says otherwise", () => {
    expect(alert).toMatchObject({ owner: "platform", for: "0s", extraLabels: {}, metrics: [] });
  });

  it("has series with labels and samples", () => {
    expect(alert.fires[0]?.series).toEqual([
      { series: "otelcol_exporter_queue_size", labels: { exporter: "otlp" }, samples: [{ value: 1000 }] },
    ]);
  });
});
