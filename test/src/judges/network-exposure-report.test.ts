import { describe, expect, test } from "vitest";
import { readExposureReport, readUnprotected } from "./network-exposure-report.ts";

// Printed by netpol-analyzer v1.4.4 with --exposure.
const json = `{
  "connlist_results": [],
  "exposure_results": {
    "egress_exposure": null,
    "ingress_exposure": [
      { "src": "[all namespaces]/[pod with {app=q}]", "dst": "a/w[Deployment]", "conn": "TCP 80-81" },
      { "src": "entire-cluster", "dst": "a/w[Deployment]", "conn": "TCP 81,8080,UDP 53" }
    ]
  }
}`;
const text = `Workloads not protected by network policies:
argo-rollouts/argo-rollouts[Deployment] is not protected on Egress
argo-rollouts/argo-rollouts[Deployment] is not protected on Ingress
`;

describe("the exposures that the analyzer prints", () => {
  test("are read by workload and direction, with their ports", () => {
    expect(readExposureReport(json)).toEqual([
      {
        workload: "a/w",
        direction: "ingress",
        other: "[all namespaces]/[pod with {app=q}]",
        ports: [{ protocol: "TCP", port: 80, endPort: 81 }],
      },
      {
        workload: "a/w",
        direction: "ingress",
        other: "entire-cluster",
        ports: [
          { protocol: "TCP", port: 81, endPort: 81 },
          { protocol: "TCP", port: 8080, endPort: 8080 },
          { protocol: "UDP", port: 53, endPort: 53 },
        ],
      },
    ]);
  });

  test.each([
    ["", "not JSON"],
    ["[]", "no results"],
    ['{"exposure_results":{"egress_exposure":[],"ingress_exposure":3}}', "no list"],
    ['{"exposure_results":{"egress_exposure":[{}],"ingress_exposure":[]}}', "an empty row"],
    [json.replace("TCP 80-81", "TCP eighty"), "ports that are none"],
    [json.replace('"a/w[Deployment]"', '"w"'), "no workload"],
  ])("%j is refused: %s", (output) => {
    expect(readExposureReport(output)).toBeUndefined();
  });
});

describe("the workloads that no policy isolates", () => {
  test("are read line by line", () => {
    expect(readUnprotected(text)).toEqual([
      { workload: "argo-rollouts/argo-rollouts", direction: "egress" },
      { workload: "argo-rollouts/argo-rollouts", direction: "ingress" },
    ]);
    expect(readUnprotected("")).toEqual([]);
  });
});
