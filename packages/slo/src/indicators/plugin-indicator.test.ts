import { describe, expect, it } from "vitest";
import { defineService } from "../definition/define-service.ts";
import { type StandaloneLevels, serviceLevelsOf } from "../definition/service-levels-of.ts";
import { plugin } from "../promises/plugin.ts";

const levels = (id: string, options: Record<string, string> = {}): StandaloneLevels =>
  serviceLevelsOf(
    defineService({
      name: "ingress",
      team: "platform",
      promises: [plugin("availability", { objective: 99.9, id, options })],
    }),
  );

describe("a promise that a plugin of Sloth measures", () => {
  it("has rules like any other when the plugin is of the common library", () => {
    const { resources, findings } = levels("sloth-common/kubernetes/nginx-ingress/availability");
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(resources.map(({ kind }) => kind)).toEqual(["PrometheusServiceLevel", "PrometheusRule"]);
    expect(JSON.stringify(resources)).toContain("nginx_ingress_controller_requests");
  });

  it("is a resource for a Sloth controller when only that can run it", () => {
    const { resources, findings } = levels("home/ingress");
    expect(findings).toEqual([]);
    expect(resources).toMatchObject([{ kind: "PrometheusServiceLevel", metadata: { name: "ingress-slo-plugins" } }]);
  });

  it("says what the plugin wants to know", () => {
    expect(levels("sloth-common/coredns/latency").findings).toMatchObject([
      { path: "promises[availability].options.bucket", message: "is missing" },
    ]);
  });
});
