import { fieldAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { limitRevisionHistory as policy } from "./limit-revision-history.ts";

describe("limit-revision-history", () => {
  test("finds workloads that keep nothing to go back to, or too much", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const kept = Number(fieldAt(resource, "spec", "revisionHistoryLimit") ?? 10);
        return kept < 1 || kept > Number(parameters("most")) ? [`revisionHistoryLimit is ${kept}`] : [];
      }),
    ).toEqual([]);
  });
});
