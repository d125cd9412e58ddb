import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCel } from "../admission/cel-text.ts";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowLatestTag as policy } from "./disallow-latest-tag.ts";

// The two patterns of the rule; what RE2 and JavaScript both understand.
const [digest = "", tag = ""] = readCel(policy.offenders.expression).literals.map((literal) => literal.slice(1, -1));
const passes = (image: string): boolean =>
  new RegExp(digest).test(image) || (new RegExp(tag).test(image) && !image.endsWith(":latest"));

describe("disallow-latest-tag", () => {
  test("passes what its good images are, and nothing of its bad ones", () => {
    expect(policy.good.flatMap(containersOf).filter(({ image = "" }) => !passes(image))).toEqual([]);
    for (const { fixture, offenders } of policy.bad) {
      const moving = containersOf(fixture).filter(({ image = "" }) => !passes(image));
      expect(offenders).toEqual(
        moving.map(({ name, image }) => `container ${name} runs the image ${image}, which names no fixed version`),
      );
    }
  });

  const host = fc.constantFrom(
    "",
    "registry.example.com/",
    "registry.example.com:5000/",
    "localhost:5000/",
    "127.0.0.1:443/",
  );
  const path = fc.constantFrom("nginx", "shop/cart", "a/b/c_d", "latest", "library/latest");
  const version = fc.constantFrom("1", "1.4.2", "v1.4.2-rc.1", "latest-7", "_x", "LATEST");
  const content = fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => `@sha256:${hash}`);

  test("passes each reference with a version, whatever its registry", () => {
    fc.assert(fc.property(host, path, version, (...[where, name, number]) => passes(`${where}${name}:${number}`)));
  });

  test("passes each reference with a digest, whatever its tag", () => {
    fc.assert(
      fc.property(host, path, fc.constantFrom("", ":latest", ":1.4.2"), content, (...parts) => passes(parts.join(""))),
    );
  });

  test("refuses each reference without a tag, where a port is none, and the tag latest", () => {
    fc.assert(fc.property(host, path, fc.constantFrom("", ":latest"), (...parts) => !passes(parts.join(""))));
  });

  test("is tried on init and ephemeral containers, too", () => {
    for (const kind of ["initContainers", "ephemeralContainers"] as const) {
      const images = policy.bad.flatMap(({ fixture }) => (fixture.spec[kind] ?? []).map(({ image = "" }) => image));
      expect(images.filter((image) => !passes(image))).toHaveLength(1);
    }
  });
});
