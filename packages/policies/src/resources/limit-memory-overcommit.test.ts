import { parseQuantity } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { limitMemoryOvercommit as policy } from "./limit-memory-overcommit.ts";

describe("limit-memory-overcommit", () => {
  test("finds containers that may use more memory than was counted", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        return containersOf({ ...fixture, spec: { ...fixture.spec, ephemeralContainers: [] } }).flatMap(
          ({ name, resources }) => {
            const request = resources?.requests?.["memory"];
            const limit = resources?.limits?.["memory"];
            if (request === undefined || limit === undefined) return [];
            const most = (parseQuantity(request)?.nanos ?? 0n) * BigInt(Number(parameters("factor")));
            return (parseQuantity(limit)?.nanos ?? 0n) > most
              ? [`container ${name} may use ${limit} of memory and requests ${request}`]
              : [];
          },
        );
      }),
    ).toEqual([]);
  });
});
