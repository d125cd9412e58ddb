import { describe, expect, test } from "vitest";
import { disagreements } from "../admission/restatement.fixture.ts";
import { disallowIngressSnippets as policy } from "./disallow-ingress-snippets.ts";

describe("disallow-ingress-snippets", () => {
  test("finds annotations that are configuration of the proxy", () => {
    expect(
      disagreements(policy, ({ resource }) => {
        return Object.keys(resource.metadata.annotations ?? {})
          .filter((key) => /-snippets?$/.test(key))
          .map((key) => `the annotation ${key} is configuration of the proxy`);
      }),
    ).toEqual([]);
  });
});
