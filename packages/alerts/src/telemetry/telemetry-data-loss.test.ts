import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { telemetryDataLoss } from "./telemetry-data-loss.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("TelemetryDataLoss", () => {
  it("fires on each way of losing each signal", () => {
    expect(telemetryDataLoss.fires.map(({ name }) => name)).toEqual(
      ["exporter_send_failed", "exporter_enqueue_failed", "receiver_refused"].flatMap((way) =>
        ["spans", "metric_points", "log_records"].map((signal) => `otelcol_${way}_${signal} rises`),
      ),
    );
  });

  it("does not let a way that loses nothing hide one that does", () => {
    expect(printPromqlLine(telemetryDataLoss.expr).match(/> 0/g)).toHaveLength(9);
  });

  it("tells whoever runs the platform", () => {
    expect(told(telemetryDataLoss, { namespace: "opentelemetry", pod: "otel-gateway-0" })).toEqual(["platform-chat"]);
  });
});
