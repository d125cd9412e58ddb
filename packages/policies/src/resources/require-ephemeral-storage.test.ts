import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requireEphemeralStorage as policy } from "./require-ephemeral-storage.ts";

describe("require-ephemeral-storage", () => {
  test("finds containers whose disk is not counted, where a limit counts as the request", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        return containersOf(fixture).flatMap(({ name, resources = {} }) => {
          const limited = resources.limits?.["ephemeral-storage"] !== undefined;
          const missing = [
            ...(limited || resources.requests?.["ephemeral-storage"] !== undefined ? [] : ["requests"]),
            ...(limited || parameters("limits") !== true ? [] : ["limits"]),
          ].map((field) => `resources.${field}.ephemeral-storage`);
          return missing.length === 0 ? [] : [`container ${name} lacks ${missing.join(" and ")}`];
        });
      }),
    ).toEqual([]);
  });
});
