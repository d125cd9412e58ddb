import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Service } from "kubernetes-models/v1/Service";
import { describe, expect, test } from "vitest";
import { cel } from "./cel.ts";
import type { Fixture } from "./fixture.ts";
import { objects, type PolicyMatch } from "./match.ts";
import { object, untypedObject } from "./object-fixture.ts";
import { pod } from "./pod-fixture.ts";
import { definePolicy, violation } from "./policy.ts";
import { policyFindings } from "./policy-findings.ts";

function findingsOf(match: PolicyMatch, fixture: Fixture, since?: string): string[] {
  const policy = definePolicy<Fixture>({
    name: "example",
    title: "Example",
    category: "Networking",
    severity: "low",
    why: "It is an example.",
    fix: "Read it.",
    match,
    offenders: cel`object.metadata.name == '' ? ['x'] : []`,
    good: [fixture],
    bad: [violation(fixture, "x")],
    ...(since === undefined ? {} : { since }),
  });
  return policyFindings([policy]).map(({ path, message }) => `${path}: ${message}`);
}

const service = object(Service, { spec: { ports: [{ port: 80 }] } });

describe("a policy about other kinds", () => {
  test("is right when it is tried on objects of those kinds", () => {
    expect(findingsOf(objects(["Service"]), service, "1.34")).toEqual([]);
  });

  test("judges what lives in namespaces, or what does not", () => {
    expect(findingsOf(objects(["Service", "ClusterRole"]), service)).toEqual([
      "policies[example].match: matches kinds in namespaces and kinds of the cluster",
    ]);
  });

  test("is tried on nothing that it never sees", () => {
    expect(findingsOf(objects(["Service"]), object(ConfigMap, {}))).toEqual([
      "policies[example].good[0]: is v1/ConfigMap, which the policy does not match",
      "policies[example].bad[0]: is v1/ConfigMap, which the policy does not match",
    ]);
    expect(findingsOf(objects(["Service"]), pod())).toHaveLength(2);
    expect(
      findingsOf(
        objects(["HTTPRoute"]),
        untypedObject({ apiVersion: "gateway.networking.k8s.io/v1beta1", kind: "HTTPRoute" }),
      ),
    ).toHaveLength(2);
  });

  test("is tried on objects that the schema of their kind allows", () => {
    const broken: object = { spec: { ports: "80" } };
    const fixture: typeof service = Reflect.apply(object, undefined, [Service, broken]);
    expect(findingsOf(objects(["Service"]), fixture)[0]).toContain("policies[example].good[0].spec.ports:");
  });

  test("begins at a minor of Kubernetes", () => {
    expect(findingsOf(objects(["Service"]), service, "v1.34")).toEqual(['policies[example].since: is "v1.34"']);
  });
});
