import { fieldAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowCredentialsInConfigMaps as policy } from "./disallow-credentials-in-config-maps.ts";

describe("disallow-credentials-in-config-maps", () => {
  test("finds private keys and access keys, and nothing that only looks like them", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        const data = fieldAt(resource, "data") ?? {};
        return Object.entries(data)
          .filter(([, value]) => /PRIVATE KEY-----|\b(AKIA|ASIA)[0-9A-Z]{16}\b/.test(String(value)))
          .map(([key]) => `the key ${key} of data holds a credential`);
      }),
    ).toEqual([]);
  });
});
