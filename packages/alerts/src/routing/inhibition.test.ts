import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlertmanagerConfig, InhibitRule } from "./alertmanager-config.ts";
import { inhibitionsOf } from "./inhibition.ts";

const configOf = (...rules: readonly InhibitRule[]): AlertmanagerConfig => ({
  route: { receiver: "a" },
  receivers: [{ name: "a" }],
  inhibit_rules: rules,
});
const bySeverity: InhibitRule = {
  source_matchers: ['severity="critical"'],
  target_matchers: ['severity=~"warning|info"'],
  equal: ["alertname", "namespace"],
};

const matchers = fc.array(
  fc.constantFrom('severity="critical"', 'severity!="critical"', 'severity=~".+"', 'alertname="A"'),
  { minLength: 1, maxLength: 2 },
);
const rules = fc.array(
  fc.record<InhibitRule>({
    source_matchers: matchers,
    target_matchers: matchers,
    equal: fc.subarray(["alertname", "namespace"]),
  }),
  { maxLength: 3 },
);
const alerts = fc.dictionary(
  fc.constantFrom("alertname", "namespace", "severity"),
  fc.constantFrom("A", "B", "critical", "warning"),
);

describe("an alert", () => {
  it("is held back while a worse one about the same thing fires", () => {
    const warning = { alertname: "DiskFull", namespace: "team-data", severity: "warning" };
    const critical = { ...warning, severity: "critical" };
    expect(inhibitionsOf(configOf(bySeverity), warning, [critical])).toEqual([{ source: critical, rule: bySeverity }]);
  });

  it("is sent while the worse one is about something else", () => {
    const warning = { alertname: "DiskFull", namespace: "team-data", severity: "warning" };
    expect(
      inhibitionsOf(configOf(bySeverity), warning, [{ ...warning, severity: "critical", namespace: "team-ml" }]),
    ).toEqual([]);
  });

  it("is equal in a label that neither it nor the source has", () => {
    expect(
      inhibitionsOf(configOf(bySeverity), { alertname: "A", severity: "info" }, [
        { alertname: "A", severity: "critical", namespace: "" },
      ]),
    ).toHaveLength(1);
  });

  it("never holds itself back", () => {
    fc.assert(
      fc.property(rules, alerts, (list, alert) => {
        expect(inhibitionsOf(configOf(...list), alert, [alert])).toEqual([]);
      }),
    );
  });

  it("that matches both sides is not held back by another that does", () => {
    const both: InhibitRule = {
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity="critical"'],
      equal: ["alertname"],
    };
    expect(
      inhibitionsOf(configOf(both), { alertname: "A", severity: "critical", namespace: "x" }, [
        { alertname: "A", severity: "critical", namespace: "y" },
      ]),
    ).toEqual([]);
  });

  it("is not sent sooner because more alerts fire", () => {
    fc.assert(
      fc.property(
        rules,
        alerts,
        fc.array(alerts, { maxLength: 4 }),
        fc.array(alerts, { maxLength: 4 }),
        (list, alert, firing, more) => {
          const before = inhibitionsOf(configOf(...list), alert, firing).length;
          expect(inhibitionsOf(configOf(...list), alert, [...firing, ...more]).length).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });
});
