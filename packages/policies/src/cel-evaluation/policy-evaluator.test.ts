import { buildUntypedResource, type Resource } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { policyEvaluator } from "./policy-evaluator.ts";

const policy = (spec: Readonly<Record<string, unknown>>): Resource =>
  buildUntypedResource({
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name: "tried" },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] },
        ],
      },
      autogen: { podControllers: { controllers: ["deployments", "cronjobs"] } },
      validations: [{ expression: "!object.spec.?hostNetwork.orValue(false)", message: "no host network" }],
      ...spec,
    },
  });

const pod = (spec: object = {}, metadata: object = {}): Resource =>
  buildUntypedResource({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "cart", namespace: "team-a", ...metadata },
    spec,
  });

const offending = pod({ hostNetwork: true });
const template = { metadata: {}, spec: { hostNetwork: true } };
const workload = (apiVersion: string, kind: string, spec: object): Resource =>
  buildUntypedResource({ apiVersion, kind, metadata: { name: "cart", namespace: "team-a" }, spec });
const deployment = workload("apps/v1", "Deployment", { template });
const cronJob = workload("batch/v1", "CronJob", { jobTemplate: { spec: { template } } });

const rule = (changes: object = {}): Readonly<Record<string, unknown>> => ({
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"], ...changes }],
});

describe("a policy", () => {
  test("passes, and fails with its message", () => {
    const ask = policyEvaluator(policy({}));
    expect(ask(pod())).toEqual({ result: "pass" });
    expect(ask(offending)).toEqual({ result: "fail", messages: ["no host network"] });
  });

  test("is rewritten for controllers, as Kyverno does it", () => {
    const ask = policyEvaluator(policy({}));
    expect([deployment, cronJob].map((object) => ask(object).result)).toEqual(["fail", "fail"]);
    expect(ask(workload("apps/v1", "DaemonSet", { template })).result).toBe("skip");
  });

  test.each([
    ["a second resource", rule({ resources: ["pods", "pods/ephemeralcontainers"] })],
    ["a selector of objects", { ...rule(), objectSelector: { matchLabels: { a: "b" } } }],
    ["an exclusion", { ...rule(), excludeResourceRules: rule({ resources: ["services"] })["resourceRules"] }],
    ["two rules", { resourceRules: [rule()["resourceRules"], rule()["resourceRules"]].flat() }],
  ])("has no rules for controllers with %s", (_, matchConstraints) => {
    expect(policyEvaluator(policy({ matchConstraints }))(deployment).result).toBe("skip");
  });

  test("says its message expression, and its message where that is no line of text", () => {
    const saying = (messageExpression: string): unknown =>
      policyEvaluator(policy({ validations: [{ expression: "false", messageExpression, message: "no" }] }))(offending);
    expect(saying("'the pod ' + object.metadata.name")).toEqual({ result: "fail", messages: ["the pod cart"] });
    for (const other of ["object.missing", "''", "'  '", "'a\\nb'", "1"])
      expect(saying(other)).toEqual({ result: "fail", messages: ["no"] });
  });

  test("says the expression where it has nothing to say", () => {
    const ask = policyEvaluator(policy({ validations: [{ expression: "1 == 2" }] }));
    expect(ask(pod())).toEqual({ result: "fail", messages: ["failed expression: 1 == 2"] });
  });

  test("says everything that does not hold", () => {
    const validations = ["a", "b"].map((message) => ({ expression: "false", message }));
    expect(policyEvaluator(policy({ validations }))(pod())).toEqual({ result: "fail", messages: ["a", "b"] });
  });
});

describe("a policy does not look at", () => {
  test.each([
    ["another kind", {}, workload("v1", "Service", {}), {}],
    ["another operation", { matchConstraints: rule() }, offending, { operation: "UPDATE" } as const],
    [
      "another namespace",
      {
        matchConstraints: {
          ...rule(),
          namespaceSelector: {
            matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["team-b"] }],
          },
        },
      },
      offending,
      {},
    ],
    [
      "a namespace with other labels",
      { matchConstraints: { ...rule(), namespaceSelector: { matchLabels: { level: "high" } } } },
      offending,
      { namespaceLabels: { level: "low" } },
    ],
    [
      "objects with other labels",
      { matchConstraints: { ...rule(), objectSelector: { matchLabels: { a: "b" } } } },
      pod({ hostNetwork: true }, { labels: { a: "c" } }),
      {},
    ],
    [
      "what is excluded",
      { matchConstraints: { ...rule(), excludeResourceRules: rule()["resourceRules"] } },
      offending,
      {},
    ],
    ["what its conditions leave out", { matchConditions: [{ name: "some", expression: "false" }] }, offending, {}],
  ])("%s", (_, spec, object, request) => {
    expect(policyEvaluator(policy(spec))(object, request).result).toBe("skip");
  });

  test("and does look at the others", () => {
    const selecting = policy({
      matchConstraints: {
        ...rule(),
        namespaceSelector: {
          matchLabels: { level: "high" },
          matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "In", values: ["team-b"] }],
        },
        objectSelector: { matchLabels: { a: "b" } },
      },
      matchConditions: [{ name: "some", expression: "request.namespace == 'team-b'" }],
    });
    const request = { namespace: "team-b", namespaceLabels: { level: "high" } };
    expect(policyEvaluator(selecting)(pod({ hostNetwork: true }, { labels: { a: "b" } }), request).result).toBe("fail");
  });
});

describe("what cannot be evaluated", () => {
  const problemsOf = (spec: Readonly<Record<string, unknown>>): unknown => policyEvaluator(policy(spec))(offending);

  test("is an error with its place, never thrown", () => {
    expect(problemsOf({ validations: [{ expression: "object.spec.replicas > 1" }] })).toEqual({
      result: "error",
      problems: ["validations[0]: No such key: replicas"],
    });
    expect(problemsOf({ validations: [{ expression: "object.spec." }] })).toMatchObject({ result: "error" });
    expect(problemsOf({ validations: [{ expression: "'text'" }] })).toEqual({
      result: "error",
      problems: ["validations[0]: is neither true nor false"],
    });
    expect(problemsOf({ matchConditions: [{ name: "some", expression: "object.missing" }] })).toEqual({
      result: "error",
      problems: ["matchConditions[some]: No such key: missing"],
    });
    expect(
      problemsOf({
        matchConstraints: { ...rule(), objectSelector: { matchExpressions: [{ key: "a", operator: "Is" }] } },
      }),
    ).toMatchObject({ result: "error" });
  });

  test("names the variable, however deep", () => {
    expect(
      problemsOf({
        variables: [
          { name: "first", expression: "object.missing" },
          { name: "second", expression: "variables.first + 1" },
        ],
        validations: [{ expression: "variables.second > 1" }],
      }),
    ).toEqual({ result: "error", problems: ["validations[0]: variables.first: No such key: missing"] });
  });

  test("is none where nobody reads the variable", () => {
    const variables = [{ name: "unread", expression: "object.missing" }];
    expect(policyEvaluator(policy({ variables }))(pod())).toEqual({ result: "pass" });
    expect(
      policyEvaluator(policy({ variables, validations: [{ expression: "true || variables.unread" }] }))(pod()),
    ).toEqual({ result: "pass" });
  });

  test("does not matter where a condition leaves the object out anyway", () => {
    const matchConditions = ["object.missing", "false"].map((expression, index) => ({ name: `c${index}`, expression }));
    expect(problemsOf({ matchConditions })).toMatchObject({ result: "skip" });
  });

  test("is a variable that reads itself, or one that comes later", () => {
    const variables = [{ name: "self", expression: "variables.self" }];
    expect(problemsOf({ variables, validations: [{ expression: "variables.self == 1" }] })).toMatchObject({
      result: "error",
    });
  });
});

describe("a request", () => {
  const asking = (expression: string, operations: readonly string[] = ["*"]): ReturnType<typeof policyEvaluator> =>
    policyEvaluator(policy({ matchConstraints: rule({ operations }), validations: [{ expression }] }));

  test.each([
    ["request.operation == 'CREATE' && request.namespace == 'team-a' && request.name == 'cart'", {}],
    ["oldObject == null && object != null", {}],
    ["object == oldObject", { operation: "UPDATE" }],
    ["object != oldObject", { operation: "UPDATE", oldObject: pod({ a: 1 }) }],
    ["object == null && oldObject.metadata.name == 'cart'", { operation: "DELETE" }],
    ["namespaceObject.metadata.labels.level == 'high'", { namespaceLabels: { level: "high" } }],
    ["namespaceObject.metadata.name == 'team-b'", { namespace: "team-b" }],
    ["'system:masters' in request.userInfo.groups", { userInfo: { username: "a", groups: ["system:masters"] } }],
    ["request.userInfo.username == ''", {}],
    ["request.kind.kind == 'Pod' && request.resource.resource == 'pods'", {}],
  ] as const)("says %s", (expression, request) =>
    expect(asking(expression)(pod(), request)).toEqual({ result: "pass" }),
  );

  test("is in the namespace default where nobody says another", () => {
    const object = buildUntypedResource({ apiVersion: "v1", kind: "Pod", metadata: { name: "cart" }, spec: {} });
    expect(asking("request.namespace == 'default'")(object)).toEqual({ result: "pass" });
  });

  test("about something in no namespace has none", () => {
    const clusterRole = buildUntypedResource({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "read" },
      rules: [],
    });
    const ask = policyEvaluator(
      policy({
        matchConstraints: {
          ...rule({ apiGroups: ["*"], resources: ["clusterroles"] }),
          namespaceSelector: { matchLabels: { a: "b" } },
        },
        validations: [{ expression: "!has(request.namespace) && namespaceObject == null" }],
      }),
    );
    expect(ask(clusterRole)).toEqual({ result: "pass" });
  });

  test("about a Namespace is in that namespace, with its labels", () => {
    const namespace = buildUntypedResource({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "team-a", labels: { level: "high" } },
    });
    const matchConstraints = {
      ...rule({ resources: ["namespaces"] }),
      namespaceSelector: { matchLabels: { level: "high", "kubernetes.io/metadata.name": "team-a" } },
    };
    expect(policyEvaluator(policy({ matchConstraints, validations: [{ expression: "true" }] }))(namespace)).toEqual({
      result: "pass",
    });
  });

  test.each([
    ["NetworkPolicy", "networkpolicies"],
    ["Ingress", "ingresses"],
    ["Gateway", "gateways"],
    ["ReplicaSet", "replicasets"],
    ["StorageClass", "storageclasses"],
    ["Repository", "repositories"],
  ])("about a %s is about %s", (kind, resource) => {
    const object = workload("example.com/v1", kind, {});
    const matchConstraints = rule({ apiGroups: ["example.com"], resources: [resource] });
    expect(policyEvaluator(policy({ matchConstraints, validations: [{ expression: "true" }] }))(object)).toEqual({
      result: "pass",
    });
  });
});
