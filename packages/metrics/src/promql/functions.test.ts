import { describe, expect, it } from "vitest";
import { metric } from "../catalogue/catalogue.ts";
import * as promqlFunctions from "../index.ts";
import { printPromqlLine } from "./print.ts";
import { promql } from "./promql.ts";
import { aggregationParameters, functionSignatures } from "./signatures.ts";
import { typeProblems } from "./types.ts";

const up = metric("up");

describe("each function", () => {
  it.each([
    [promqlFunctions.clamp(up, 0, 1), "clamp(up, 0, 1)"],
    [promqlFunctions.round(up), "round(up)"],
    [promqlFunctions.round(up, 0.1), "round(up, 0.1)"],
    [promqlFunctions.quantileOverTime(0.9, up, "5m"), "quantile_over_time(0.9, up[5m])"],
    [promqlFunctions.presentOverTime(up, "5m"), "present_over_time(up[5m])"],
    [promqlFunctions.deriv(up, "5m"), "deriv(up[5m])"],
    [promqlFunctions.idelta(up, "5m"), "idelta(up[5m])"],
    [promqlFunctions.histogramFraction(0, 0.2, up), "histogram_fraction(0, 0.2, up)"],
    [
      promqlFunctions.labelJoin(up, { to: "a", separator: "/", from: ["b", "c"] }),
      'label_join(up, "a", "/", "b", "c")',
    ],
    [promqlFunctions.hour(), "hour()"],
    [promqlFunctions.dayOfWeek(up), "day_of_week(up)"],
    [promqlFunctions.countValues("v", up, { by: ["job"] }), 'count_values by (job) ("v", up)'],
    [promqlFunctions.limitRatio(0.1, up), "limit_ratio(0.1, up)"],
    [promqlFunctions.stddev(up), "stddev(up)"],
    [promqlFunctions.atan2(up, 2), "up atan2 2"],
    [promqlFunctions.histogramStddev(up), "histogram_stddev(up)"],
    [promqlFunctions.select(up, { job: promqlFunctions.startingWith("a.") }), 'up{job=~"a\\\\..*"}'],
    [promqlFunctions.select(up, { job: promqlFunctions.endingWith("-x") }), 'up{job=~".*-x"}'],
  ])("is printed, and has the right types: %#", (expression, text) => {
    expect(printPromqlLine(expression)).toBe(text);
    expect(promql(text)).toEqual(expression);
    typeProblems(expression, (_, { message }) => expect.fail(message));
  });
});

describe("the table of functions", () => {
  it("has those of Prometheus 3.15", () => {
    expect(functionSignatures.size).toBe(90);
    expect([...functionSignatures].filter(([, { experimental }]) => experimental).length).toBe(17);
    expect(aggregationParameters.size).toBe(6);
  });
});
