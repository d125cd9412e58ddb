import { fieldAt, listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requireJobCleanup as policy } from "./require-job-cleanup.ts";

describe("require-job-cleanup", () => {
  test("finds Jobs that stay, unless somebody else deletes them", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const hook = fieldAt(resource, "metadata", "annotations", "argocd.argoproj.io/hook-delete-policy");
        if (hook !== undefined || listAt(resource, "metadata", "ownerReferences").length > 0) return [];
        const stays = fieldAt(resource, "spec", "ttlSecondsAfterFinished");
        if (stays === undefined) return ["ttlSecondsAfterFinished is not set"];
        return Number(stays) > Number(parameters("seconds")) ? [`ttlSecondsAfterFinished is ${Number(stays)}`] : [];
      }),
    ).toEqual([]);
  });
});
