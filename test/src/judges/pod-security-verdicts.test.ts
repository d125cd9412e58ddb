import { disallowCapabilities, disallowCapabilitiesStrict, disallowHostPorts } from "@plinth/policies";
import { describe, expect, test } from "vitest";
import type { PodSecurityTestPod } from "./pod-security-pods.ts";
import {
  type PodSecurityTrial,
  type PolicyRow,
  podSecurityDisagreements,
  podSecurityFindings,
  policyRows,
  rowsByObject,
} from "./pod-security-verdicts.ts";

const policies = [disallowCapabilities, disallowCapabilitiesStrict, disallowHostPorts];

function testPod(
  file: `${PodSecurityTestPod["level"]}/${PodSecurityTestPod["verdict"]}/${string}`,
): PodSecurityTestPod {
  const [level, verdict, name = ""] = file.split("/");
  return {
    level: level === "restricted" ? level : "baseline",
    verdict: verdict === "fail" ? verdict : "pass",
    name,
    check: /^(.+?)\d+$/.exec(name)?.[1],
    file: `${level}/v1.37/${verdict}/${name}.yaml`,
    pod: { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: `${level}-${verdict}` } },
  };
}

function trialOf(pod: PodSecurityTestPod, kubernetes = "1.37"): PodSecurityTrial {
  return {
    kubernetes,
    policies: policies.map((policy) => ({ policy, objectName: `${policy.name}-enforce` })),
    pods: [{ test: pod, object: pod.pod }],
  };
}

/** What each policy says of the pod, in the order of the policies; an empty list is none. */
function rowsFor({ pod }: PodSecurityTestPod, ...results: readonly (readonly string[])[]): readonly PolicyRow[] {
  const { name, namespace = "" } = pod.metadata;
  return results.flatMap((said, index) =>
    said.map((result) => ({
      policy: `${policies[index]?.name}-enforce`,
      kind: "Pod",
      namespace,
      name,
      result,
      message: "no",
    })),
  );
}

const complaints = (pod: PodSecurityTestPod, ...results: readonly (readonly string[])[]): readonly string[] =>
  podSecurityFindings(podSecurityDisagreements(trialOf(pod), rowsByObject(rowsFor(pod, ...results)))).map(
    ({ message, expected }) => `${message}; expected ${expected}`,
  );

describe("policies agree with Kubernetes", () => {
  test("when a pod that has to pass passes every policy of its level", () => {
    expect(complaints(testPod("restricted/pass/base"), ["pass"], ["pass"], ["pass"])).toEqual([]);
    expect(complaints(testPod("baseline/pass/base"), ["pass"], [], ["pass"])).toEqual([]);
  });

  test("when a pod that has to fail fails the policy of its check, and maybe the one that takes its place", () => {
    const pod = testPod("restricted/fail/capabilities_baseline0");
    expect(complaints(pod, ["fail"], ["pass"], ["pass"])).toEqual([]);
    expect(complaints(pod, ["fail"], ["fail"], ["pass"])).toEqual([]);
  });
});

describe("policies disagree with Kubernetes", () => {
  test("when one refuses a pod that has to pass", () => {
    expect(complaints(testPod("baseline/pass/base"), ["pass"], [], ["fail"])).toEqual([
      "disallow-host-ports says fail: no, at Kubernetes 1.37; expected pass",
    ]);
  });

  test("when the policy of the check lets a pod pass that has to fail, whatever others say", () => {
    expect(complaints(testPod("restricted/fail/hostports1"), ["pass"], ["fail"], ["pass"])).toEqual([
      "disallow-capabilities-strict says fail: no, at Kubernetes 1.37; expected pass",
      "disallow-host-ports says pass, at Kubernetes 1.37; expected fail",
    ]);
  });

  test("when one has an error, no row or two of them", () => {
    expect(complaints(testPod("restricted/pass/base"), ["error"], [], ["pass", "pass"])).toEqual([
      "disallow-capabilities says error: no, at Kubernetes 1.37; expected pass",
      "disallow-capabilities-strict does not judge it, at Kubernetes 1.37; expected pass",
      "disallow-host-ports says pass; pass, at Kubernetes 1.37; expected pass",
    ]);
  });

  test("is said once for all minors that have it in common", () => {
    const pod = testPod("baseline/fail/hostports0");
    const rows = rowsByObject(rowsFor(pod, ["pass"], [], ["pass"]));
    const disagreements = ["1.35", "1.36"].flatMap((minor) => podSecurityDisagreements(trialOf(pod, minor), rows));
    expect(podSecurityFindings(disagreements)).toMatchObject([
      {
        path: "policies[disallow-host-ports]",
        resource: "Pod baseline/v1.37/fail/hostports0.yaml",
        message: "disallow-host-ports says pass, at Kubernetes 1.35, 1.36",
      },
    ]);
  });
});

describe("a report of the Kyverno command line", () => {
  test("has a row for each object, behind a preamble", () => {
    const report = {
      kind: "ClusterReport",
      results: [
        {
          policy: "a",
          result: "fail",
          message: "no",
          resources: [{ kind: "Pod", namespace: "n", name: "p" }],
        },
      ],
    };
    expect(policyRows(`Applying 1 policy rule…\n${JSON.stringify(report)}`)).toEqual([
      { policy: "a", kind: "Pod", namespace: "n", name: "p", result: "fail", message: "no" },
    ]);
  });

  test("is none where the tool printed something else", () => {
    expect(policyRows("Error: failed to compile policy")).toBeUndefined();
  });
});
