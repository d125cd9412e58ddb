import type { Resource } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { fieldChanges } from "./field-changes.ts";

const object = (kind: string, fields: Readonly<Record<string, unknown>>, apiVersion = "v1"): Resource => ({
  apiVersion,
  kind,
  metadata: { name: "example", namespace: "team-backend" },
  ...fields,
});

/** The changes of one field of an object. */
const changes = (kind: string, before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) =>
  fieldChanges(object(kind, before), object(kind, after));

const pod = (spec: unknown): Readonly<Record<string, unknown>> => ({ spec: { template: { spec } } });
const container = (fields: unknown): Readonly<Record<string, unknown>> =>
  pod({ containers: [{ name: "app", ...(typeof fields === "object" ? fields : {}) }] });

describe("a field", () => {
  test("is named with its path and both values", () => {
    expect(changes("ResourceQuota", { spec: { hard: { pods: "10" } } }, { spec: { hard: { pods: "20" } } })).toEqual([
      { path: "spec.hard.pods", before: "10", after: "20" },
    ]);
  });

  test("whose name is no plain word is quoted", () => {
    expect(changes("ConfigMap", { data: {} }, { data: { "a.b/c": "1" } })).toEqual([
      { path: 'data["a.b/c"]', after: "1" },
    ]);
  });

  test("that holds null is not one that is not there", () => {
    expect(changes("Example", { spec: { grpc: null } }, { spec: {} })).toEqual([{ path: "spec.grpc", before: null }]);
  });

  test("that turned into something else is told whole", () => {
    expect(changes("Example", { spec: { a: "1" } }, { spec: ["1"] })).toEqual([
      { path: "spec", before: { a: "1" }, after: ["1"] },
    ]);
  });

  test("named like a member of every object is a field", () => {
    expect(changes("Example", { spec: {} }, { spec: { constructor: "x", toString: "y" } })).toEqual([
      { path: "spec.constructor", after: "x" },
      { path: "spec.toString", after: "y" },
    ]);
  });

  test("a new version of the API is a change of the object", () => {
    const before = object("Sample", {}, "example.com/v1beta1");
    const after = object("Sample", {}, "example.com/v1");
    expect(fieldChanges(before, after)).toEqual([
      { path: "apiVersion", before: "example.com/v1beta1", after: "example.com/v1" },
    ]);
  });
});

describe("an amount", () => {
  test("in another unit is the same", () => {
    const before = { resources: { limits: { cpu: "1000m", memory: "1Gi" }, requests: { cpu: 1 } } };
    const after = { resources: { limits: { cpu: "1", memory: "1024Mi" }, requests: { cpu: "1" } } };
    expect(changes("Deployment", container(before), container(after))).toEqual([]);
    expect(changes("ResourceQuota", { spec: { hard: { pods: 10 } } }, { spec: { hard: { pods: "10" } } })).toEqual([]);
    const range = (max: string) => ({ spec: { limits: [{ type: "Container", max: { memory: max } }] } });
    expect(changes("LimitRange", range("1Gi"), range("1024Mi"))).toEqual([]);
  });

  test("that is another amount is a change", () => {
    const before = { resources: { limits: { memory: "1G" } } };
    const after = { resources: { limits: { memory: "1Gi" } } };
    expect(changes("Deployment", container(before), container(after))).toEqual([
      { path: "spec.template.spec.containers[app].resources.limits.memory", before: "1G", after: "1Gi" },
    ]);
  });

  test("is a text where the field is no amount", () => {
    expect(changes("ConfigMap", { data: { cpu: "1000m" } }, { data: { cpu: "1" } })).toHaveLength(1);
  });
});

describe("members of a list", () => {
  test("with a name are known by it, in any order", () => {
    const before = pod({
      containers: [
        { name: "app", image: "a:1" },
        { name: "proxy", image: "b:1" },
      ],
    });
    const after = pod({
      containers: [
        { name: "proxy", image: "b:2" },
        { name: "app", image: "a:1" },
      ],
    });
    expect(changes("Deployment", before, after)).toEqual([
      { path: "spec.template.spec.containers[proxy].image", before: "b:1", after: "b:2" },
    ]);
  });

  test("are known by port and protocol, by mount path, by address", () => {
    const ports = (protocol: string) =>
      container({
        ports: [
          { containerPort: 53, protocol: "TCP" },
          { containerPort: 53, protocol, name: "dns" },
        ],
      });
    expect(changes("Deployment", ports("UDP"), ports("SCTP")).map(({ path }) => path)).toEqual([
      "spec.template.spec.containers[app].ports[53 SCTP]",
      "spec.template.spec.containers[app].ports[53 UDP]",
    ]);
    const mounts = (readOnly: boolean) => container({ volumeMounts: [{ name: "data", mountPath: "/data", readOnly }] });
    expect(changes("Deployment", mounts(true), mounts(false)).map(({ path }) => path)).toEqual([
      "spec.template.spec.containers[app].volumeMounts[/data].readOnly",
    ]);
    const aliases = (name: string) => pod({ hostAliases: [{ ip: "10.0.0.1", hostnames: [name] }] });
    expect(changes("Deployment", aliases("a"), aliases("b"))).toEqual([
      { path: "spec.template.spec.hostAliases[10.0.0.1].hostnames[0]", before: "a", after: "b" },
    ]);
  });

  test("that run one after the other have an order", () => {
    const names = (...list: string[]) => pod({ initContainers: list.map((name) => ({ name })) });
    expect(changes("Deployment", names("a", "b"), names("b", "a"))).toEqual([
      { path: "spec.template.spec.initContainers", before: ["a", "b"], after: ["b", "a"], order: true },
    ]);
    const args = (...list: string[]) => container({ args: list });
    expect(changes("Deployment", args("--a", "--b"), args("--b", "--a"))).toEqual([
      {
        path: "spec.template.spec.containers[app].args",
        before: ["--a", "--b"],
        after: ["--b", "--a"],
        order: true,
      },
    ]);
  });

  test("an argument that is put before others moves none of them", () => {
    const args = (...list: string[]) => container({ args: list });
    expect(changes("Deployment", args("--a", "--b"), args("--new", "--a", "--b"))).toEqual([
      { path: "spec.template.spec.containers[app].args[0]", after: "--new" },
    ]);
    expect(changes("Deployment", args("--a=1", "--b"), args("--a=2", "--b"))).toEqual([
      { path: "spec.template.spec.containers[app].args[0]", before: "--a=1", after: "--a=2" },
    ]);
  });

  test("of a list that nobody knows keep their order", () => {
    expect(changes("Example", { spec: { steps: ["a", "b"] } }, { spec: { steps: ["b", "a"] } })).toEqual([
      { path: "spec.steps", before: ["a", "b"], after: ["b", "a"], order: true },
    ]);
    const named = (...names: string[]) => ({ spec: { steps: names.map((name) => ({ name, run: `${name}.sh` })) } });
    expect(changes("Example", named("a", "b"), named("b", "a"))).toEqual([
      { path: "spec.steps", before: ["a", "b"], after: ["b", "a"], order: true },
    ]);
  });

  test("that share a name are told apart by their number", () => {
    const steps = (run: string) => ({
      spec: {
        steps: [
          { name: "a", run: "1" },
          { name: "a", run },
        ],
      },
    });
    expect(changes("Example", steps("2"), steps("3"))).toEqual([
      { path: "spec.steps[1].run", before: "2", after: "3" },
    ]);
  });
});

describe("permissions", () => {
  const rule = (resources: readonly string[], verbs: readonly string[]) => ({ apiGroups: [""], resources, verbs });

  test("in another order are the same", () => {
    const before = { rules: [rule(["pods", "services"], ["get", "list"]), rule(["secrets"], ["get"])] };
    const after = { rules: [rule(["secrets"], ["get"]), rule(["services", "pods"], ["list", "get"])] };
    expect(changes("Role", before, after)).toEqual([]);
  });

  test("a verb more is told at its rule, wherever that stands now", () => {
    const before = { rules: [rule(["pods"], ["get"]), rule(["secrets"], ["get"])] };
    const after = { rules: [rule(["secrets"], ["get"]), rule(["pods"], ["get", "delete"])] };
    expect(changes("Role", before, after)).toEqual([{ path: "rules[pods].verbs[delete]", after: "delete" }]);
  });

  test("a rule that has nothing in common with another is one more", () => {
    const more = { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] };
    expect(changes("Role", { rules: [rule(["pods"], ["get"])] }, { rules: [more, rule(["pods"], ["get"])] })).toEqual([
      { path: "rules[jobs]", after: more },
    ]);
  });

  test("a subject is known by kind, namespace and name", () => {
    const subject = (name: string) => ({ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name });
    expect(
      changes("RoleBinding", { subjects: [subject("a"), subject("b")] }, { subjects: [subject("b"), subject("c")] }),
    ).toEqual([
      { path: "subjects[Group a]", before: subject("a") },
      { path: "subjects[Group c]", after: subject("c") },
    ]);
  });
});

describe("a network policy", () => {
  const from = (app: string, ...ports: number[]) => ({
    from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": app } } }],
    ports: ports.map((port) => ({ port, protocol: "TCP" })),
  });

  test("says the same in another order", () => {
    const before = { spec: { ingress: [from("frontend", 8080, 9090), from("cart", 8080)] } };
    const after = { spec: { ingress: [from("cart", 8080), from("frontend", 9090, 8080)] } };
    expect(changes("NetworkPolicy", before, after)).toEqual([]);
  });

  test("points at the peer whose ports change", () => {
    const before = { spec: { ingress: [from("frontend", 8080, 9090), from("cart", 8080)] } };
    const after = { spec: { ingress: [from("cart", 8080), from("frontend", 8080)] } };
    expect(changes("NetworkPolicy", before, after)).toEqual([
      { path: "spec.ingress[from: frontend].ports[9090]", before: { port: 9090, protocol: "TCP" } },
    ]);
  });

  test("an address that becomes another is one change", () => {
    const to = (cidr: string) => ({ spec: { egress: [{ to: [{ ipBlock: { cidr } }] }] } });
    expect(changes("NetworkPolicy", to("10.0.0.0/16"), to("10.1.0.0/16"))).toEqual([
      {
        path: "spec.egress[to: 10.1.0.0/16].to[10.1.0.0/16].ipBlock.cidr",
        before: "10.0.0.0/16",
        after: "10.1.0.0/16",
      },
    ]);
  });
});

describe("a document inside a text", () => {
  const dashboard = (...panels: readonly unknown[]) => ({
    spec: { json: JSON.stringify({ title: "Checkout", panels }) },
  });
  const panel = (title: string, expr: string, id = 1) => ({
    id,
    title,
    type: "timeseries",
    targets: [{ refId: "A", expr }],
  });

  test("is compared field by field", () => {
    expect(
      changes(
        "GrafanaDashboard",
        dashboard(panel("Requests", "a"), panel("Errors", "b", 2)),
        dashboard(panel("Errors", "b", 2), panel("Requests", "c")),
      ),
    ).toEqual([{ path: "spec.json › panels[Requests].targets[A].expr", before: "a", after: "c" }]);
  });

  test("printed in another way is the same", () => {
    const before = { data: { "config.json": '{"a": 1, "b": [1, 2]}' } };
    const after = { data: { "config.json": '{\n  "b": [1, 2],\n  "a": 1.0\n}' } };
    expect(changes("ConfigMap", before, after)).toEqual([]);
    expect(
      changes("ConfigMap", { data: { "a.yaml": "a: 1\nb: x\n" } }, { data: { "a.yaml": "# why\nb: 'x'\na: 1\n" } }),
    ).toEqual([]);
  });

  test("keeps whole numbers apart that JavaScript does not", () => {
    const config = (id: string) => ({ data: { "config.json": `{"id": ${id}}` } });
    expect(changes("ConfigMap", config("9007199254740993"), config("9007199254740992"))).toHaveLength(1);
  });

  test("that is no document any more is told as text", () => {
    expect(changes("ConfigMap", { data: { "a.json": '{"a": 1}' } }, { data: { "a.json": '{"a": 1' } })).toEqual([
      { path: 'data["a.json"]', before: '{"a": 1}', after: '{"a": 1' },
    ]);
  });

  test("of a depth that nobody writes is compared as text", () => {
    const deep = (end: string) => ({ data: { "a.json": `${"[".repeat(100_000)}${end}${"]".repeat(100_000)}` } });
    expect(changes("ConfigMap", deep("1"), deep("2")).map(({ path }) => path)).toEqual(['data["a.json"]']);
  });
});

describe("alerts", () => {
  const rules = (...list: readonly unknown[]) => ({ spec: { groups: [{ name: "checkout", rules: list }] } });
  const alert = (name: string, severity: string, hold: string) => ({
    alert: name,
    expr: "up == 0",
    for: hold,
    labels: { severity },
  });

  test("of one name are known by their severity too", () => {
    expect(
      changes(
        "PrometheusRule",
        rules(alert("Down", "critical", "5m"), alert("Down", "warning", "1h")),
        rules(alert("Down", "critical", "5m"), alert("Down", "warning", "2h")),
      ),
    ).toEqual([{ path: "spec.groups[checkout].rules[Down #2].for", before: "1h", after: "2h" }]);
  });

  test("run one after the other", () => {
    expect(
      changes(
        "PrometheusRule",
        rules(alert("A", "info", "1m"), alert("B", "info", "1m")),
        rules(alert("B", "info", "1m"), alert("A", "info", "1m")),
      ),
    ).toEqual([{ path: "spec.groups[checkout].rules", before: ["A", "B"], after: ["B", "A"], order: true }]);
  });
});

describe("a collector", () => {
  const pipeline = (fields: Readonly<Record<string, readonly string[]>>) => ({
    spec: {
      config: { service: { pipelines: { traces: { receivers: ["otlp"], processors: [], exporters: [], ...fields } } } },
    },
  });

  test("passes processors in their order, and exporters in none", () => {
    expect(
      changes("OpenTelemetryCollector", pipeline({ processors: ["a", "b"] }), pipeline({ processors: ["b", "a"] })),
    ).toEqual([
      { path: "spec.config.service.pipelines.traces.processors", before: ["a", "b"], after: ["b", "a"], order: true },
    ]);
    expect(
      changes("OpenTelemetryCollector", pipeline({ exporters: ["a", "b"] }), pipeline({ exporters: ["b", "a"] })),
    ).toEqual([]);
  });
});

describe("a Secret", () => {
  const secretOf = (fields: Readonly<Record<string, unknown>>) => object("Secret", fields);

  test("never shows a value", () => {
    const before = secretOf({
      data: { a: "b2xkLXNlY3JldA==" },
      stringData: { "x.yaml": "password: old-secret\nusers: [old-secret]\n" },
    });
    const after = secretOf({
      data: { a: "bmV3LXNlY3JldA==", b: "bmV3LXNlY3JldA==" },
      stringData: { "x.yaml": "password: new-secret\nusers: [new-secret, old-secret]\nmore: { deep: new-secret }\n" },
    });
    const found = fieldChanges(before, after);
    expect(found.map(({ path, secret }) => [path, secret])).toEqual([
      ["data.a", true],
      ["data.b", true],
      ['stringData["x.yaml"] › more', true],
      ['stringData["x.yaml"] › password', true],
      ['stringData["x.yaml"] › users[0]', true],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/secret-|-secret|c2VjcmV0|b2xk|bmV3/);
    expect(found[1]).toEqual({ path: "data.b", after: "(secret)", secret: true });
  });

  test("that gains all of its values at once shows their names", () => {
    expect(fieldChanges(secretOf({}), secretOf({ stringData: { token: "new-secret" } }))).toEqual([
      { path: "stringData.token", after: "(secret)", secret: true },
    ]);
  });

  test("hides what kubectl keeps of it in an annotation", () => {
    const annotated = (value: string) => ({
      ...secretOf({}),
      metadata: {
        name: "x",
        annotations: { "kubectl.kubernetes.io/last-applied-configuration": `{"data":{"a":"${value}"}}` },
      },
    });
    expect(JSON.stringify(fieldChanges(annotated("one"), annotated("two")))).not.toMatch(/one|two/);
  });

  test("shows its type and its labels", () => {
    expect(fieldChanges(secretOf({ type: "Opaque" }), secretOf({ type: "kubernetes.io/tls" }))).toEqual([
      { path: "type", before: "Opaque", after: "kubernetes.io/tls" },
    ]);
  });

  test("of another group is an object like any other", () => {
    const sealed = (text: string) => object("Secret", { data: { a: text } }, "example.com/v1");
    expect(fieldChanges(sealed("x"), sealed("y"))).toEqual([{ path: "data.a", before: "x", after: "y" }]);
  });
});
