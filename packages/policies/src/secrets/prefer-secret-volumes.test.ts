import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { preferSecretVolumes as policy } from "./prefer-secret-volumes.ts";

describe("prefer-secret-volumes", () => {
  test("finds containers with a Secret in their environment, and only reports them", () => {
    expect(
      disagreements(policy, (fixture) => {
        return containersOf(fixture)
          .filter(
            ({ env = [], envFrom = [] }) =>
              env.some(({ valueFrom }) => valueFrom?.secretKeyRef !== undefined) ||
              envFrom.some(({ secretRef }) => secretRef !== undefined),
          )
          .map(({ name }) => `container ${name} has a Secret in its environment`);
      }),
    ).toEqual([]);
  });

  test("never refuses: much software knows nothing but variables", () => expect(policy.auditOnly).toBe(true));
});
