import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everOpens, scheduleProblem } from "./cron-schedule.ts";

describe("a schedule", () => {
  it.each([
    "0 8 * * 1-4",
    "*/15 0-6,22,23 * * *",
    "0 8 1,15 * mon-fri",
    "0 8 * JAN-mar,dec 0",
    "5-59/10 * * * *",
    "0 0 */31 * *",
    "00 08 01 01 6",
  ])("reads %s", (schedule) => {
    expect(scheduleProblem(schedule)).toBeUndefined();
    expect(everOpens(schedule)).toBe(true);
  });

  // What one cron reads and another does not, or reads otherwise.
  it.each([
    ["0 8 * * 7", "day of the week"],
    ["0 8 * * 5-7", "day of the week"],
    ["0 8 * * fri-mon", "day of the week"],
    ["0 8 * * 1#2", "day of the week"],
    ["0 8 L * *", "day of the month"],
    ["0 8 15W * *", "day of the month"],
    ["0 8 ? * 1", "day of the month"],
    ["0 8 0 * *", "day of the month"],
    ["0 8 32 * *", "day of the month"],
    ["0 8 * 13 *", "month"],
    ["0 8 * january *", "month"],
    ["0 24 * * *", "hour"],
    ["0 22-6 * * *", "hour"],
    ["5/10 * * * *", "minute"],
    ["*/0 * * * *", "minute"],
    ["*/61 * * * *", "minute"],
    ["1,,2 * * * *", "minute"],
    ["60 * * * *", "minute"],
    ["@daily * * * *", "minute"],
    ["0 0 8 * * *", "has 6 fields"],
    ["@hourly", "has 1 fields"],
  ])("refuses %s", (schedule, problem) => {
    expect(scheduleProblem(schedule)).toContain(problem);
  });

  it.each(["0 8 31 2 *", "0 8 30 feb *", "0 8 31 4,6,9,11 *", "0 8 30-31 2 *"])(
    "never comes to pass as %s",
    (schedule) => {
      expect(scheduleProblem(schedule)).toBeUndefined();
      expect(everOpens(schedule)).toBe(false);
    },
  );

  it.each(["0 8 29 2 *", "0 8 31 2 1", "0 8 31 * *"])("comes to pass as %s", (schedule) => {
    expect(everOpens(schedule)).toBe(true);
  });

  it("that reads is decided without an error, whatever it says", () => {
    const field = (from: number, to: number): fc.Arbitrary<string> => {
      const number = fc.integer({ min: from, max: to });
      const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
      const step = fc
        .tuple(fc.constant("*"), fc.integer({ min: 1, max: to - from + 1 }))
        .map((parts) => parts.join("/"));
      return fc
        .array(fc.oneof(number.map(String), range, step, fc.constant("*")), { minLength: 1, maxLength: 3 })
        .map((parts) => parts.join());
    };
    fc.assert(
      fc.property(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6), (...parts) => {
        const schedule = parts.join(" ");
        expect(scheduleProblem(schedule)).toBeUndefined();
        expect(typeof everOpens(schedule)).toBe("boolean");
      }),
    );
  });
});
