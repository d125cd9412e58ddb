import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { forbidOverlappingCronJobs as policy } from "./forbid-overlapping-cron-jobs.ts";

describe("forbid-overlapping-cron-jobs", () => {
  test("finds CronJobs whose runs may overlap, by default too", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        return ["", "Allow"].includes(valueTextAt(resource, "spec", "concurrencyPolicy"))
          ? ["concurrencyPolicy is Allow"]
          : [];
      }),
    ).toEqual([]);
  });
});
