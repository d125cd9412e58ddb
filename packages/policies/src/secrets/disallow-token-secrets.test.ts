import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { disallowTokenSecrets as policy } from "./disallow-token-secrets.ts";

describe("disallow-token-secrets", () => {
  test("finds Secrets that are tokens for ever", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        const type = "kubernetes.io/service-account-token";
        return valueTextAt(resource, "type") === type ? [`the type is ${type}`] : [];
      }),
    ).toEqual([]);
  });
});
