import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { limitTerminationGrace as policy } from "./limit-termination-grace.ts";

describe("limit-termination-grace", () => {
  test("finds pods that are given no time, or too much", () => {
    expect(
      disagreements(policy, ({ spec }, parameters) => {
        const { terminationGracePeriodSeconds: grace = 30 } = spec;
        return grace < 1 || grace > Number(parameters("seconds")) ? [`terminationGracePeriodSeconds is ${grace}`] : [];
      }),
    ).toEqual([]);
  });
});
