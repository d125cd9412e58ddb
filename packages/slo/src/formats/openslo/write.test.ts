import { emitYaml } from "@plinth/core";
import { describe, expect, it } from "vitest";
import type { PrometheusServiceLevelSpec } from "../../sloth/prometheus-service-level.ts";
import { readServiceLevels } from "../read-service-levels.ts";
import { openSlo } from "./write.ts";

const spec: PrometheusServiceLevelSpec = {
  service: "checkout",
  slos: [
    {
      name: "availability",
      description: "99.9 % of requests end without an error",
      objective: 99.9,
      labels: { team: "backend" },
      sli: {
        events: {
          errorQuery: "sum(rate(failed_total[{{.window}}]))",
          totalQuery: "sum(rate(requests_total[{{.window}}]))",
        },
      },
      alerting: {
        name: "CheckoutAvailability",
        annotations: { runbook_url: "https://example.com/a" },
        pageAlert: { labels: { severity: "critical" } },
        ticketAlert: { disable: true },
      },
    },
  ],
};
const levels = (changes: Partial<PrometheusServiceLevelSpec["slos"][number]>): PrometheusServiceLevelSpec => ({
  ...spec,
  slos: spec.slos.map((slo) => ({ ...slo, ...changes })),
});

describe("objectives in the words of OpenSLO", () => {
  it("are the service, whom alerts tell, and an SLO with a policy for each burn rate", () => {
    const { objects, findings } = openSlo(spec);
    expect(findings).toEqual([]);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "Service checkout",
      "AlertNotificationTarget alertmanager",
      "SLO checkout-availability",
    ]);
    expect(objects.at(-1)).toMatchObject({
      metadata: { displayName: "availability", labels: { team: "backend" } },
      spec: {
        budgetingMethod: "Occurrences",
        timeWindow: [{ duration: "30d", isRolling: true }],
        objectives: [{ displayName: "99.9 %", targetPercent: 99.9 }],
        alertPolicies: [
          {
            spec: {
              conditions: [
                { spec: { severity: "page", condition: { op: "gt", threshold: 14.4, lookbackWindow: "1h" } } },
              ],
            },
          },
          {
            spec: {
              conditions: [{ spec: { severity: "page", condition: { op: "gt", threshold: 6, lookbackWindow: "6h" } } }],
            },
          },
        ],
      },
    });
  });

  it("name the data source when it is known", () => {
    const { objects } = openSlo(spec, { dataSource: { name: "prometheus", url: "http://prometheus:9090" } });
    expect(objects.map(({ kind }) => kind)).toContain("DataSource");
    expect(JSON.stringify(objects.at(-1))).toContain('"metricSourceRef":"prometheus"');
  });

  it("are read again as what they were", () => {
    const text = openSlo(spec)
      .objects.map((object) => emitYaml(object))
      .join("---\n");
    expect(readServiceLevels(text, { file: "slo.yaml" })).toMatchObject({ findings: [], documents: [{ spec }] });
  });

  it("keep apart names that become one DNS label", () => {
    const names = ["a.b", "a_b", "A-b"].map((name) => openSlo(levels({ name })).objects.at(-1)?.metadata.name);
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name ?? ""))).toBe(true);
  });

  it("say what OpenSLO cannot", () => {
    expect(openSlo(levels({ objective: 100 }))).toMatchObject({
      objects: [],
      findings: [{ severity: "error", path: "slos[0].objective" }],
    });
    expect(openSlo(levels({ labels: { ä: "b" } })).findings).toMatchObject([
      { severity: "warning", path: "slos[0].labels" },
    ]);
    expect(openSlo(levels({ sli: { plugin: { id: "a/b" } } })).findings).toMatchObject([
      { severity: "error", path: "slos[0].sli.plugin" },
    ]);
  });
});
