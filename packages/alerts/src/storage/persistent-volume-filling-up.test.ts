import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { persistentVolumeFillingUp } from "./persistent-volume-filling-up.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("PersistentVolumeFillingUp", () => {
  it("is about volumes that will be full within a day, not about those that are merely full", () => {
    expect(printPromqlLine(persistentVolumeFillingUp.expr)).toContain(
      "predict_linear(kubelet_volume_stats_available_bytes[6h], 86400)) < 0",
    );
    expect(persistentVolumeFillingUp.quiet.map(({ name }) => name)).toContain(
      "the volume is nearly full and does not change",
    );
  });

  it("tells the team of the namespace", () => {
    expect(told(persistentVolumeFillingUp, { namespace: "team-backend", persistentvolumeclaim: "data" })).toEqual([
      "backend-chat",
    ]);
  });
});
