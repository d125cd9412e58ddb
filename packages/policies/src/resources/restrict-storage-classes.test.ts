import { listAt } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { disagreements, valueTextAt } from "../admission/restatement.fixture.ts";
import { restrictStorageClasses as policy } from "./restrict-storage-classes.ts";

describe("restrict-storage-classes", () => {
  test("finds claims of other classes, and of whatever is the default", () => {
    expect(
      disagreements(policy, ({ resource }, parameters) => {
        const name = valueTextAt(resource, "spec", "storageClassName");
        if (name === "") return ["storageClassName is not set"];
        return listAt({ classes: parameters("storageClasses") }, "classes").includes(name)
          ? []
          : [`storageClassName is ${name}`];
      }),
    ).toEqual([]);
  });
});
