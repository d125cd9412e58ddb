import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { requireOwner as policy } from "./require-owner.ts";

describe("require-owner", () => {
  test("finds workloads that have a key neither as a label nor as an annotation", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        return listAt({ keys: parameters("keys") }, "keys")
          .map(String)
          .filter((key) =>
            ["labels", "annotations"].every((place) => valueTextAt(resource, "metadata", place, key) === ""),
          )
          .map((key) => `neither a label nor an annotation ${key} is there`);
      }),
    ).toEqual([]);
  });
});
