import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { requireVersionTags as policy } from "./require-version-tags.ts";

describe("require-version-tags", () => {
  test("finds tags that are no version, where a digest needs no tag", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        const version = new RegExp(`^(${String(parameters("pattern"))})$`);
        return containersOf(fixture)
          .filter(({ image = "" }) => {
            const [reference = "", digest] = image.split("@");
            const [, tag] = (reference.split("/").at(-1) ?? "").split(":");
            return tag === undefined ? digest === undefined : !version.test(tag);
          })
          .map(({ name, image }) => `container ${name} runs the image ${image}, whose tag is no version`);
      }),
    ).toEqual([]);
  });
});
