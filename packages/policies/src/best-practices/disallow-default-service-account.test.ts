import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowDefaultServiceAccount as policy } from "./disallow-default-service-account.ts";

describe("disallow-default-service-account", () => {
  test("finds pods without an identity of their own", () => {
    expect(
      disagreements(policy, ({ spec }) => {
        return ["", "default"].includes(spec.serviceAccountName ?? "")
          ? ["the pod runs as the ServiceAccount default"]
          : [];
      }),
    ).toEqual([]);
  });
});
