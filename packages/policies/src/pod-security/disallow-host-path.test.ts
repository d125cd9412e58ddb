import { describe, expect, test } from "vitest";
import { disallowHostPath as policy } from "./disallow-host-path.ts";

describe("disallow-host-path", () => {
  test("finds each volume that is a folder of the node, and says which folder", () => {
    for (const { fixture, offenders } of policy.bad) {
      const paths = (fixture.spec.volumes ?? []).flatMap((volume) =>
        "hostPath" in volume ? [`volume ${volume.name} is the hostPath ${volume.hostPath.path}`] : [],
      );
      expect(offenders).toEqual(paths);
    }
  });

  test("lets pass volumes of other kinds, and pods without any", () => {
    const kinds = policy.good.map(({ spec }) => (spec.volumes ?? []).map((volume) => Object.keys(volume)[1]));
    expect(kinds).toEqual([[], [], ["emptyDir", "configMap"]]);
  });
});
