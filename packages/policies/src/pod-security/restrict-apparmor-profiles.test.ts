import { describe, expect, test } from "vitest";
import { restrictAppArmorProfiles as policy } from "./restrict-apparmor-profiles.ts";
import { containerKinds, disagreements, offendingContainerKinds, securitySettings } from "./second-reading.fixture.ts";

const annotation = /^container\.apparmor\.security\.beta\.kubernetes\.io\//;
const allowedAnnotation = /^(|runtime\/default|localhost\/.*)$/;

describe("restrict-apparmor-profiles", () => {
  test("finds each profile but those of the runtime and of the node, in fields and in annotations", () => {
    expect(
      disagreements(policy, (fixture) => [
        ...securitySettings(fixture).flatMap(({ of, sets: { appArmorProfile: profile } }) =>
          profile === undefined || ["RuntimeDefault", "Localhost"].includes(profile.type)
            ? []
            : [`${of} sets securityContext.appArmorProfile.type to ${profile.type}`],
        ),
        ...Object.entries(fixture.annotations ?? {}).flatMap(([name, value]) =>
          annotation.test(name) && !allowedAnnotation.test(value) ? [`the annotation ${name} is ${value}`] : [],
        ),
      ]),
    ).toEqual([]);
  });

  test("is tried on containers of every kind, on the pod and on annotations", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
    const said = policy.bad.flatMap(({ offenders }) => offenders).join("\n");
    expect(said).toMatch(/^the pod sets/m);
    expect(said).toMatch(/^the annotation/m);
  });
});
