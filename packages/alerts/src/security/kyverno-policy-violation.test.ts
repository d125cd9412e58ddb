import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { kyvernoPolicyViolation } from "./kyverno-policy-violation.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("KyvernoPolicyViolation", () => {
  it("is about the namespace of the object, not about Kyverno's own", () => {
    expect(kyvernoPolicyViolation.fires[0]?.series[0]?.labels).toMatchObject({
      namespace: "kyverno",
      resource_namespace: "team-backend",
    });
    expect(kyvernoPolicyViolation.fires[0]?.labels).toEqual({
      namespace: "team-backend",
      policy_name: "disallow-latest-tag",
    });
  });

  it("looks back over two background scans", () => {
    expect(printPromqlLine(kyvernoPolicyViolation.expr)).toContain(
      'increase(kyverno_validating_policy_results_total{result="fail"}[2h])',
    );
  });

  it("comes to the team with the digest", () => {
    expect(told(kyvernoPolicyViolation, { namespace: "team-backend", policy_name: "a" })).toEqual(["backend-email"]);
  });

  it("of an object without a namespace comes to whoever runs the platform", () => {
    expect(told(kyvernoPolicyViolation, { policy_name: "a" })).toEqual(["platform-email"]);
  });
});
