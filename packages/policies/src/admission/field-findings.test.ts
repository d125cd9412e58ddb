import { describe, expect, test } from "vitest";
import { policyCatalog } from "./catalog.ts";
import { type CelExpression, cel } from "./cel.ts";
import { fieldFindings } from "./field-findings.ts";
import { hasModel, shapeOfField } from "./kind-models.ts";
import { objects, type PolicyMatch, pods } from "./match.ts";
import { pod } from "./pod-fixture.ts";
import { definePolicy, violation } from "./policy.ts";

function missing(
  offenders: CelExpression,
  match: PolicyMatch = pods(),
  variables: Record<string, CelExpression> = {},
): string[] {
  const policy = definePolicy({
    name: "example",
    title: "Example",
    category: "Best Practices",
    severity: "low",
    why: "It is an example.",
    fix: "Read it.",
    match,
    variables,
    offenders,
    good: [pod()],
    bad: [violation(pod(), "x")],
  });
  return fieldFindings(policy).map(({ path = "", message }) => `${path.replace("policies[example].", "")}: ${message}`);
}

describe("what the schema of a kind says", () => {
  test.each([
    ["Pod", ["spec", "containers"], "list"],
    ["Pod", ["spec", "containers", 0, "securityContext", "privileged"], "value"],
    ["Pod", ["metadata", "labels", "app.kubernetes.io/name"], "value"],
    ["Pod", ["spec", "hostPid"], undefined],
    ["Pod", ["containers"], undefined],
    ["Service", ["spec", "ports", 0, "targetPort"], "value"],
    ["PodDisruptionBudget", ["spec", "maxUnavailable"], "value"],
    ["ClusterRole", ["rules", 0, "verbs"], "list"],
    ["Nonsense", ["spec"], undefined],
  ] as const)("%s %j: %s", (kind, path, expected) => expect(shapeOfField(kind, path)).toBe(expected));
});

describe("a field that a policy reads and the kind does not have", () => {
  test("is found on the object, and in the members of its lists", () => {
    expect(missing(cel`object.spec.hostPid || object.spec.?hostIPC.orValue(false) ? ['x'] : []`)).toEqual([
      "offenders: Pod has no field spec.hostPid",
    ]);
    expect(missing(cel`object.spec.containers.filter(c, c.?imagePolicy.orValue('') == '').map(c, c.nam)`)).toEqual([
      "offenders: Pod has no field spec.containers[].imagePolicy",
      "offenders: Pod has no field spec.containers[].nam",
    ]);
  });

  test("is found through variables, standard ones too, and where it was misspelt", () => {
    expect(
      missing(cel`variables.mounted.map(m, m.mountpath)`, pods(), {
        mounted: cel`object.spec.containers.map(c, c.?volumeMounts.orValue([])).filter(m, m.size() > 0)[0]`,
        other: cel`variables.volumes.exists(v, has(v.hostpath))`,
      }),
    ).toEqual(
      [
        "offenders: Pod has no field spec.containers[].volumeMounts[].mountpath",
        "variables.other: Pod has no field spec.volumes[].hostpath",
      ].toSorted((one, other) => (one < other ? 1 : -1)),
    );
  });

  test("is found through sums, choices and maps", () => {
    expect(missing(cel`(object.spec.containers + object.spec.?initContainers.orValue([])).map(c, c.imag)`)).toEqual([
      "offenders: Pod has no field spec.containers[].imag",
      "offenders: Pod has no field spec.initContainers[].imag",
    ]);
    expect(missing(cel`object.spec.containers.map(c, {'it': c}).filter(e, e.it.imag == '').map(e, e.it.name)`)).toEqual(
      ["offenders: Pod has no field spec.containers[].imag"],
    );
    expect(missing(cel`(true ? object.spec : object.metadata).nodeNam == '' ? [] : ['x']`)).toEqual([
      "offenders: Pod has no field spec.nodeNam",
      "offenders: Pod has no field metadata.nodeNam",
    ]);
  });

  test("may be one of only one of several kinds", () => {
    const of = cel`object.spec.?serviceName.hasValue() && object.spec.?minReadySecond.hasValue() ? ['x'] : []`;
    expect(missing(of, objects(["Deployment", "StatefulSet"]))).toEqual([
      "offenders: Deployment and StatefulSet have no field spec.minReadySecond",
    ]);
  });

  test("is none of labels, of unknown things, and of kinds without a model", () => {
    expect(missing(cel`object.metadata.?labels.?anything.orValue('') == request.x.y ? [] : ['x']`)).toEqual([]);
    expect(hasModel("HTTPRoute")).toBe(false);
    expect(missing(cel`object.spec.nonsense`, objects(["HTTPRoute"]))).toEqual([]);
  });

  test("is in no policy of the catalogue", () => expect(policyCatalog.flatMap(fieldFindings)).toEqual([]));
});
