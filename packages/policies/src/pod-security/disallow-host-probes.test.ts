import { describe, expect, test } from "vitest";
import type { HandlerFixture } from "../admission/container-fixture.ts";
import { containersOf } from "../admission/pod-fixture.ts";
import { disallowHostProbes as policy } from "./disallow-host-probes.ts";
import { disagreements } from "./second-reading.fixture.ts";

const handlerFields = ["httpGet", "tcpSocket"] as const;

const hostsOf = (field: string, handler: HandlerFixture | undefined): string[] =>
  handlerFields.flatMap((kind) => {
    const host = handler?.[kind]?.host ?? "";
    return host === "" ? [] : [`${field}.${kind}.host to ${host}`];
  });

describe("disallow-host-probes", () => {
  test("finds each host in a probe or a hook, and says which; an empty one is none", () => {
    expect(
      disagreements(policy, (fixture) =>
        containersOf(fixture).flatMap(({ name, livenessProbe, readinessProbe, startupProbe, lifecycle }) => {
          const hosts = [
            ...hostsOf("livenessProbe", livenessProbe),
            ...hostsOf("readinessProbe", readinessProbe),
            ...hostsOf("startupProbe", startupProbe),
            ...hostsOf("lifecycle.postStart", lifecycle?.postStart),
            ...hostsOf("lifecycle.preStop", lifecycle?.preStop),
          ];
          return hosts.length === 0 ? [] : [`container ${name} sets ${hosts.join(" and ")}`];
        }),
      ),
    ).toEqual([]);
  });

  test("is tried on each of the ten fields alone", () => {
    const alone = policy.bad.filter(({ offenders }) => offenders.length === 1 && !offenders[0].includes(" and "));
    expect(new Set(alone.map(({ offenders }) => offenders[0].split(" ")[3])).size).toBe(10);
  });

  test("begins with the minor of Kubernetes that has the control", () => {
    expect(policy.since).toBe("1.34");
  });
});
