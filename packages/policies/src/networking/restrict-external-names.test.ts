import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { restrictExternalNames as policy } from "./restrict-external-names.ts";

describe("restrict-external-names", () => {
  test("finds Services that are another name for something outside the named domains", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const host = valueTextAt(resource, "spec", "externalName");
        const allowed = listAt({ domains: parameters("domains") }, "domains").some(
          (domain) => host === domain || host.endsWith(`.${String(domain)}`),
        );
        return valueTextAt(resource, "spec", "type") === "ExternalName" && !allowed ? [`externalName is ${host}`] : [];
      }),
    ).toEqual([]);
  });
});
