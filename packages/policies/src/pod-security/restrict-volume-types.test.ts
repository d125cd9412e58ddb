import { describe, expect, test } from "vitest";
import { restrictVolumeTypes as policy } from "./restrict-volume-types.ts";
import { disagreements } from "./second-reading.fixture.ts";

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
const allowed = "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret".split(" ");

describe("restrict-volume-types", () => {
  test("finds each volume of a kind that nobody else answers for, and says which kind", () => {
    expect(
      disagreements(policy, ({ spec: { volumes = [] } }) =>
        volumes.flatMap(({ name, ...sources }) => {
          const kinds = Object.keys(sources).filter((kind) => !allowed.includes(kind));
          return kinds.length === 0 ? [] : [`volume ${name} is of the kind ${kinds.join(" and ")}`];
        }),
      ),
    ).toEqual([]);
  });

  test("is tried on every kind that is allowed", () => {
    const mounted = policy.good.flatMap(({ spec: { volumes = [] } }) =>
      volumes.flatMap((volume) => Object.keys(volume)),
    );
    expect(new Set(mounted)).toEqual(new Set(["name", ...allowed]));
  });
});
