import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { inFull } from "./image-in-full.fixture.ts";
import { restrictImageRegistries as policy } from "./restrict-image-registries.ts";

describe("restrict-image-registries", () => {
  test("finds images of other registries, by their full names", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        const prefixes = (name: string): string[] => listAt({ list: parameters(name) }, "list").map(String);
        const begins = (image: string, list: readonly string[]): boolean =>
          list.some((prefix) => inFull(image).startsWith(prefix));
        return containersOf(fixture)
          .filter(
            ({ image = "" }) =>
              begins(image, prefixes("refused")) ||
              (prefixes("registries").length > 0 && !begins(image, prefixes("registries"))),
          )
          .map(({ name, image }) => `container ${name} runs the image ${image}`);
      }),
    ).toEqual([]);
  });
});
