import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { inFull } from "./image-in-full.fixture.ts";
import { requireImageDigest as policy } from "./require-image-digest.ts";

describe("require-image-digest", () => {
  test("finds images without a digest, unless their registry never changes a tag", () => {
    expect(
      disagreements(policy, (fixture, parameters) => {
        const trusted = listAt({ list: parameters("trusted") }, "list").map(String);
        return containersOf(fixture)
          .filter(({ image = "" }) => !/@sha256:[0-9a-f]{64}$/.test(image))
          .filter(({ image = "" }) => !trusted.some((prefix) => inFull(image).startsWith(prefix)))
          .map(({ name, image }) => `container ${name} runs the image ${image} without a digest`);
      }),
    ).toEqual([]);
  });
});
