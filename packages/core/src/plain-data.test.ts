import { describe, expect, it } from "vitest";
import { fieldAt, isRecord, listAt, textAt, textMapAt, textsAt } from "./plain-data.ts";

const pod: unknown = {
  metadata: { labels: { app: "cart", size: 3 } },
  spec: { containers: [{ name: "app", command: ["run", 1, "fast"] }] },
};

describe("plain data that nobody has checked", () => {
  it("is read along a path", () => {
    expect(fieldAt(pod, "spec", "containers", 0, "name")).toBe("app");
    expect(textAt(pod, "spec", "containers", 0, "name")).toBe("app");
    expect(listAt(pod, "spec", "containers")).toHaveLength(1);
  });
  it("is nothing where the path ends early, or something else stands there", () => {
    expect(fieldAt(pod, "spec", "volumes", 0)).toBeUndefined();
    expect(fieldAt(null, "spec")).toBeUndefined();
    expect(listAt(pod, "spec")).toEqual([]);
    expect(textAt(pod, "spec", "containers")).toBe("");
    expect(textsAt(pod, "metadata")).toEqual([]);
    expect(textMapAt(pod, "spec", "containers")).toEqual({});
  });
  it("leaves out of texts what is none", () => {
    expect(textsAt(pod, "spec", "containers", 0, "command")).toEqual(["run", "fast"]);
    expect(textMapAt(pod, "metadata", "labels")).toEqual({ app: "cart" });
  });
  it("tells maps from lists and from nothing", () =>
    expect([{}, [], null, "x"].map((value) => isRecord(value))).toEqual([true, false, false, false]));
});
