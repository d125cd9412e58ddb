import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromql } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { podCrashLooping } from "./pod-crash-looping.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("PodCrashLooping", () => {
  it("sees through the moments in which the container runs: the kubelet waits five minutes at most", () => {
    expect(printPromql(podCrashLooping.expr)).toContain(
      'max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m])',
    );
  });

  it("tells the team of the namespace, and whoever runs the platform of every other", () => {
    expect(told(podCrashLooping, { namespace: "team-frontend", pod: "a", container: "b" })).toEqual(["frontend-chat"]);
    expect(told(podCrashLooping, { namespace: "kyverno", pod: "a", container: "b" })).toEqual(["platform-chat"]);
  });
});
