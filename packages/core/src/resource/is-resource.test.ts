import { describe, expect, it } from "vitest";
import { isResource } from "./is-resource.ts";

const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };

describe("an object of Kubernetes, by its shape", () => {
  it.each([
    ["with a name", object, true],
    ["in a namespace", { ...object, metadata: { name: "settings", namespace: "team-data" } }, true],
    ["without a name", { ...object, metadata: {} }, false],
    ["with an empty name", { ...object, metadata: { name: "" } }, false],
    ["without metadata", { apiVersion: "v1", kind: "ConfigMap" }, false],
    ["with a namespace that is no text", { ...object, metadata: { name: "settings", namespace: 1 } }, false],
    ["without a kind", { apiVersion: "v1", metadata: { name: "settings" } }, false],
    ["a file of values", { replicas: 3 }, false],
    ["a list", [object], false],
    ["nothing", null, false],
  ])("%s", (_, value, is) => expect(isResource(value)).toBe(is));
});
