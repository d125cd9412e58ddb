import { describe, expect, it } from "vitest";
import { mayBeNegative } from "./least-value.ts";

describe("a number", () => {
  it.each(["1 - sum(a) / sum(b)", "deriv(a[5m])", 'slo:period_error_budget_remaining:ratio{sloth_service="a"}'])(
    "%s may be below 0",
    (promql) => expect(mayBeNegative(promql)).toBe(true),
  );

  it.each([
    'sum(rate(a{b="x-y"}[$__rate_interval])) / sum(rate(a[5m]))',
    "max_over_time(a[1h:-1m])",
    "slo:sli_error:ratio_rate5m",
  ])("%s is never below 0", (promql) => expect(mayBeNegative(promql)).toBe(false));
});
