import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { deploymentReplicasUnavailable } from "./deployment-replicas-unavailable.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("DeploymentReplicasUnavailable", () => {
  it("says nothing while a rollout makes progress", () => {
    expect(printPromqlLine(deploymentReplicasUnavailable.expr)).toContain(
      "and max by (namespace, deployment) (changes(kube_deployment_status_replicas_updated[10m])) == 0",
    );
  });

  it("tells the team of the namespace", () => {
    expect(told(deploymentReplicasUnavailable, { namespace: "team-backend", deployment: "checkout" })).toEqual([
      "backend-chat",
    ]);
  });
});
