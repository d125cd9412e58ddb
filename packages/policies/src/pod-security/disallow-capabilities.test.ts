import { describe, expect, test } from "vitest";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowCapabilities as policy } from "./disallow-capabilities.ts";
import { containerKinds, disagreements, offendingContainerKinds } from "./second-reading.fixture.ts";

// https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
const usual =
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  );

describe("disallow-capabilities", () => {
  test("finds each capability that is added and that a runtime does not give anyway", () => {
    expect(
      disagreements(policy, (fixture) =>
        containersOf(fixture).flatMap(({ name, securityContext }) => {
          const added = (securityContext?.capabilities?.add ?? []).filter((capability) => !usual.includes(capability));
          return added.length === 0
            ? []
            : [`container ${name} adds ${added.join(" and ")} in securityContext.capabilities.add`];
        }),
      ),
    ).toEqual([]);
  });

  test("is tried on containers of every kind", () => {
    expect(offendingContainerKinds(policy)).toEqual(containerKinds);
  });

  test("names in its fix what may be added, NET_RAW not among it", () => {
    for (const capability of usual) expect(policy.fix).toContain(capability);
    expect(policy.fix).not.toContain("NET_RAW");
  });
});
