import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowExternalIps as policy } from "./disallow-external-ips.ts";

describe("disallow-external-ips", () => {
  test("finds each address that is not the Service's own", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        return listAt(resource, "spec", "externalIPs").map((address) => `externalIPs has ${String(address)}`);
      }),
    ).toEqual([]);
  });
});
