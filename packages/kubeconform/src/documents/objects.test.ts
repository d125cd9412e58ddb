import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identify, identifyQualifiedName, objectsOf } from "./identity.ts";
import { objectDocuments, yamlSafeJson } from "./objects.ts";

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
};

describe("objects in memory", () => {
  it("become documents that name them", async () => {
    const objects = [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "team-data" } }];
    const [document] = await all(objectDocuments(objects));
    expect(document).toMatchObject({ resource: "v1/Namespace team-data", findings: [] });
    expect(JSON.parse(String(document?.content))).toEqual(objects[0]);
  });

  it("that are Lists are named item by item, later", async () => {
    const [document] = await all(objectDocuments([{ apiVersion: "v1", kind: "List", items: [] }]));
    expect(document).not.toHaveProperty("resource");
  });

  it("that are no JSON are findings", async () => {
    const cycle: Record<string, unknown> = { kind: "Cycle" };
    cycle["self"] = cycle;
    for (const object of [cycle, { kind: "Big", size: 1n }, { kind: "None", toJSON: () => undefined }]) {
      const [document] = await all(objectDocuments([object]));
      expect(document?.content).toBeUndefined();
      expect(document?.findings).toMatchObject([{ code: "invalid-resource", resource: object.kind }]);
    }
  });

  it("are written on one line without characters that YAML reads otherwise, and read back as they were", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })), (object) => {
        const text = yamlSafeJson(object);
        expect(text).not.toMatch(/[\n\r\u007f-\u009f\u2028\u2029\ufeff]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });
});

describe("an object's identity", () => {
  it.each<[unknown, string | undefined]>([
    [{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a", namespace: "b" } }, "apps/v1/Deployment b/a"],
    [{ apiVersion: "v1", kind: "Pod", metadata: { generateName: "a-" } }, "v1/Pod a-"],
    [{ kind: "Pod" }, "Pod"],
    [{ apiVersion: 1, metadata: "x" }, undefined],
    [[], undefined],
    [null, undefined],
  ])("of %j is %s", (object, identity) => {
    expect(identify(object)).toBe(identity);
  });

  it.each([
    ["apps/v1/Deployment/b/a", "apps/v1/Deployment b/a"],
    ["v1/Namespace//a", "v1/Namespace a"],
    ["rbac.authorization.k8s.io/v1/ClusterRole//a/b", "rbac.authorization.k8s.io/v1/ClusterRole a/b"],
    ["v1/Pod/a/b-{{ generateName }}", "v1/Pod a/b-"],
    ["///", undefined],
  ])("is read from kubeconform's name %s", (qualifiedName, identity) => {
    expect(identifyQualifiedName(qualifiedName)).toBe(identity);
  });

  it("is read from a document, and from each item of a List", () => {
    expect(objectsOf(Buffer.from("kind: list\nitems: [{kind: A}, {kind: B}]"))).toEqual([{ kind: "A" }, { kind: "B" }]);
    expect(objectsOf(Buffer.from("kind: A\nkind: B"))).toEqual([{ kind: "B" }]);
    expect(objectsOf(Buffer.from("a: ["))).toEqual([]);
  });
});
