import { environmentNamed, parseDuration } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromql } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { nodeNotReady } from "./node-not-ready.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("NodeNotReady", () => {
  it("waits until the node's pods have been evicted", () => {
    const eviction = parseDuration("5m") ?? 0;
    expect(parseDuration(nodeNotReady.for)).toBeGreaterThan(eviction);
  });

  it("says nothing of a node that somebody has cordoned", () => {
    expect(printPromql(nodeNotReady.expr)).toMatch(
      /unless\n {2}max by \(node\) \(kube_node_spec_unschedulable\) == 1$/,
    );
  });

  it("wakes whoever runs the platform", () => {
    expect(told(nodeNotReady, { node: "node-a" })).toEqual(["platform-pagerduty"]);
  });
});
