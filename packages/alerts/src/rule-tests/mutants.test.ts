import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { nodeNotReady } from "../cluster/node-not-ready.ts";
import { certificateExpiry } from "../security/certificate-expiry.ts";
import { watchdog } from "../telemetry/watchdog.ts";
import { mutantsOf } from "./mutants.ts";

describe("the mutants of an alert", () => {
  it("turn each comparison and each set operator round and drop each matcher", () => {
    expect(mutantsOf(nodeNotReady).map(({ change }) => change)).toEqual([
      "unless becomes and",
      "== becomes !=",
      'kube_node_status_condition without condition="Ready"',
      'kube_node_status_condition without status="true"',
      "== becomes !=",
      "== 1 becomes == 2",
      "== 1 becomes == 0.5",
    ]);
  });

  it("double and halve each threshold", () => {
    expect(mutantsOf(certificateExpiry).map(({ change }) => change)).toEqual([
      "< becomes >=",
      "< 1209600 becomes < 2419200",
      "< 1209600 becomes < 604800",
      "> becomes <=",
    ]);
  });

  it("each differ from the alert in the expression alone", () => {
    for (const { alert } of mutantsOf(nodeNotReady)) {
      expect(printPromqlLine(alert.expr)).not.toBe(printPromqlLine(nodeNotReady.expr));
      expect({ ...alert, expr: nodeNotReady.expr }).toEqual(nodeNotReady);
    }
  });

  it("are none where nothing is compared", () => {
    expect(mutantsOf(watchdog)).toEqual([]);
  });
});
