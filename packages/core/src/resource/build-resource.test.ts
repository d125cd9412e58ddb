import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { describe, expect, it } from "vitest";
import { buildResource, buildUntypedResource } from "./build-resource.ts";
import { type Resource, resourceFindings } from "./resource.ts";

const pathsOf = (resource: Resource): (string | undefined)[] => resourceFindings(resource).map(({ path }) => path);
const account = (name: string, labels: Record<string, string> = {}): Resource =>
  buildResource(ServiceAccount, { metadata: { name, namespace: "team-data", labels } });

describe("a resource", () => {
  it("knows its kind, and begins with apiVersion, kind and metadata in their usual order", () => {
    const metadata = { annotations: {}, labels: {}, namespace: "team-data", name: "a" };
    const resource = buildResource(ServiceAccount, { automountServiceAccountToken: false, metadata });
    expect(Object.keys(resource)).toEqual(["apiVersion", "kind", "metadata", "automountServiceAccountToken"]);
    expect(Object.keys(resource.metadata)).toEqual(["name", "namespace", "labels", "annotations"]);
    expect(resource).toMatchObject({ apiVersion: "v1", kind: "ServiceAccount" });
  });

  it("leaves out what is undefined and keeps what is null", () => {
    const metadata = { name: "a", namespace: "b" };
    const resource = buildUntypedResource({ apiVersion: "v1", kind: "X", metadata, spec: { a: undefined, b: null } });
    expect(resource["spec"]).toEqual({ b: null });
  });

  it("says what admission would fill in", () => {
    const metadata = { name: "a", namespace: "b" };
    const spec = { podSelector: {}, policyTypes: ["Ingress"] };
    expect(buildResource(NetworkPolicy, { metadata, spec: { podSelector: {} } })["spec"]).toEqual(spec);
    const policy = { apiVersion: "policies.kyverno.io/v1", kind: "ValidatingPolicy", metadata: { name: "a" } };
    expect(
      buildUntypedResource({ ...policy, spec: { evaluation: { background: { enabled: false } } } })["spec"],
    ).toEqual({
      failurePolicy: "Fail",
      evaluation: { mode: "Kubernetes", admission: { enabled: true }, background: { enabled: false } },
    });
  });

  it("is right without findings", () => expect(pathsOf(account("checkout"))).toEqual([]));
});

describe("what is wrong with a resource travels with it", () => {
  it("every field that its schema refuses", () => {
    const untyped: object = { metadata: { name: "a", namespace: "b" }, spec: { podSelector: [], ingress: "all" } };
    const resource: Resource = Reflect.apply(buildResource, undefined, [NetworkPolicy, untyped]);
    expect(pathsOf(resource).sort()).toEqual(["spec.ingress", "spec.podSelector"]);
    expect(resourceFindings(resource)[0]).toMatchObject({
      code: "invalid-resource",
      resource: "networking.k8s.io/v1/NetworkPolicy b/a",
    });
  });

  it.each(["", "A", "a_b", "a/b", `${"a".repeat(254)}`])("the name %j", (name) =>
    expect(pathsOf(account(name))).toEqual(["metadata.name"]),
  );

  it("a name that is one for a ServiceAccount and none for a Namespace", () => {
    expect(pathsOf(account("shop.example.com"))).toEqual([]);
    expect(pathsOf(buildResource(Namespace, { metadata: { name: "shop.example.com" } }))).toEqual(["metadata.name"]);
  });

  it("RBAC names only when they are no path segment", () => {
    const role = (name: string): Resource => buildResource(ClusterRole, { metadata: { name }, rules: [] });
    expect(pathsOf(role("system:Node"))).toEqual([]);
    expect(["..", "a/b", "a%b"].map((name) => pathsOf(role(name)))).toEqual([
      ["metadata.name"],
      ["metadata.name"],
      ["metadata.name"],
    ]);
  });

  it("a label's key and its value", () =>
    expect(pathsOf(account("a", { "a b": "c", d: "e f" }))).toEqual(["metadata.labels", "metadata.labels.d"]));

  it("annotations that are too large together", () => {
    const annotations = { a: "x".repeat(200_000), b: "x".repeat(100_000) };
    const resource = buildResource(ServiceAccount, { metadata: { name: "a", namespace: "b", annotations } });
    expect(pathsOf(resource)).toEqual(["metadata.annotations"]);
  });
});
