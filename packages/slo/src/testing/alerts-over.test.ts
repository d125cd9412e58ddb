import { describe, expect, it } from "vitest";
import { defineService, type ServiceDefinition } from "../definition/define-service.ts";
import { serviceLevelsOf } from "../definition/service-levels-of.ts";
import { meaningOf } from "../meaning/objective-meaning.ts";
import { availability } from "../promises/availability.ts";
import { raw } from "../promises/raw.ts";
import { alertsOver } from "./alerts-over.ts";

const loyalty = defineService({ name: "loyalty", team: "backend", tier: "critical", promises: [availability(99.5)] });
const requests = (status: string, samples: string): Record<string, string> => ({
  [`traces_span_metrics_calls_total{service_name="loyalty",span_kind="SPAN_KIND_SERVER",status_code="${status}"}`]:
    samples,
});

describe("the alerts of a service over series", () => {
  const outage = alertsOver(loyalty, {
    ...requests("STATUS_CODE_OK", "0+60x360 21600x60"),
    ...requests("STATUS_CODE_ERROR", "0x360 0+60x60"),
  });

  it("fire when the mathematics of their windows says so", () => {
    const [objective] = serviceLevelsOf(loyalty).objectives;
    if (objective === undefined) throw new Error("no objective");
    const minute = { scrapeInterval: "1m", evaluationInterval: "1m" };
    const page = meaningOf(objective, minute).alerts.find(({ severity }) => severity === "page");
    const outageDelay = page?.fires.find(({ errorRate }) => errorRate === 1)?.after;
    const fired = Number(/^6h(\d+)m$/.exec(outage.of("availability").first("page") ?? "")?.[1]) * 60;
    expect(fired).toBeGreaterThanOrEqual(outageDelay?.soonest ?? Number.NaN);
    expect(fired).toBeLessThanOrEqual(outageDelay?.latest ?? Number.NaN);
  });

  it("are told by kind, by name, by promise and by time", () => {
    expect(outage.first("AvailabilityBudgetBurn")).toBe(outage.first("ticket"));
    expect(outage.first("SloMetricAbsent")).toBeUndefined();
    expect(outage.at("6h").map(({ kind }) => kind)).toEqual([]);
    expect(outage.at("7h").map(({ kind }) => kind)).toEqual(["ticket", "page"]);
    expect(outage.of("latency").all).toEqual([]);
    expect(outage.timeline).toContain(
      `${outage.first("page")} to the end: AvailabilityBudgetBurn (page, availability)`,
    );
    expect(() => outage.at("late")).toThrow("Expected a duration");
  });

  it("come with what was recorded", () => {
    expect(outage.query('slo:sli_error:ratio_rate5m{sloth_slo="availability"}')).toMatchObject([{ value: 1 }]);
    // Nothing but alerts is asked for: what they do not read is not evaluated.
    expect(outage.query("sloth_slo_info")).toEqual([]);
  });

  it("are those of an environment, where serviceLevelsOf was told of one", () => {
    const production = serviceLevelsOf(loyalty, { environment: "production" });
    const elsewhere = requests("STATUS_CODE_ERROR", "0+60x30");
    expect(() => alertsOver(production, elsewhere)).toThrow("No rule reads the series");
  });

  it("refuse a series that no rule reads, and name those that are read", () => {
    expect(() => alertsOver(loyalty, { 'traces_span_metrics_calls_total{service="loyalty"}': "0+1x5" })).toThrow(
      /No rule reads the series traces_span_metrics_calls_total\{service="loyalty"\}.*\n {2}traces_span_metrics_calls_total\{service_name="loyalty"/,
    );
  });

  it("refuse promises that are wrong, with what is wrong", () => {
    const wrong: ServiceDefinition = {
      ...loyalty,
      promises: [availability(100), raw("x", { objective: 99, errorRatio: "(" })],
    };
    expect(() => alertsOver(wrong, {})).toThrow(/promises\[0\]\.objective[\s\S]*promises\[x\]/);
  });
});
