import { alertsOver } from "@plinth/slo/testing";
import { expect, it } from "vitest";
import loyalty from "./slo.ts";

// Samples as promtool writes them, one a minute: 0+60x360 is 0, 60, 120 and so on, for six hours.
const requests = (status: "OK" | "ERROR", samples: string): Record<string, string> => ({
  [`traces_span_metrics_calls_total{service_name="loyalty",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_${status}"}`]:
    samples,
});

it("pages somebody six minutes after everything fails, and stops when it is over", () => {
  const alerts = alertsOver(loyalty, {
    ...requests("OK", "0+60x360 21600x29 21600+60x330"),
    ...requests("ERROR", "0x360 0+60x29 1740x331"),
  });
  expect(alerts.of("availability").first("page")).toBe("6h6m");
  expect(alerts.of("availability").timeline).toContain("6h6m to 6h59m: AvailabilityBudgetBurn (page, availability)");
});

it("wakes nobody when one request in fifty fails", () => {
  const alerts = alertsOver(loyalty, {
    ...requests("OK", "0+600x360 216000+588x360"),
    ...requests("ERROR", "0x360 0+12x360"),
  });
  expect(alerts.of("availability").first("ticket")).toBe("8h2m");
  expect(alerts.first("page")).toBeUndefined();
});

it("stays quiet when nobody calls, and when a pod starts anew", () => {
  const alerts = alertsOver(loyalty, { ...requests("OK", "0+60x60 3600x60 0+60x60"), ...requests("ERROR", "0x180") });
  expect(alerts.of("availability").all).toEqual([]);
});

it("says when bookings fail, whatever the requests say", () => {
  const alerts = alertsOver(loyalty, {
    ...requests("OK", "0+60x420"),
    loyalty_bookings_total: "0+100x420",
    loyalty_bookings_failed_total: "0x360 0+1x60",
  });
  expect(alerts.of("points-booked").timeline).toEqual([
    "6h5m to the end: EventsBudgetBurn (ticket, points-booked)",
    "6h10m to the end: EventsBudgetBurn (page, points-booked)",
  ]);
  expect(alerts.of("availability").all).toEqual([]);
});

it("misses the metric when nothing is measured any more", () => {
  const alerts = alertsOver(loyalty, requests("OK", "0+60x60 stale _x60"));
  expect(alerts.of("availability").first("SloMetricAbsent")).toBe("1h10m");
});
