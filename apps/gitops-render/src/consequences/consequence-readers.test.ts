import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { comparisonOf, consequence, networkPolicy, policyPath } from "../reports/report.fixture.ts";
import { consequenceReaders, readConsequences } from "./consequence-readers.ts";

const comparison = comparisonOf(
  { [policyPath("production", "cart")]: networkPolicy("cart", 1) },
  { [policyPath("production", "cart")]: networkPolicy("cart", 2) },
);

describe("the readers of consequences", () => {
  it("are all of which there is a folder", () => {
    const folders = readdirSync(import.meta.dirname).filter((folder) =>
      existsSync(join(import.meta.dirname, folder, `${folder}-consequences.ts`)),
    );
    expect(Object.keys(consequenceReaders).toSorted()).toEqual(folders.toSorted());
  });

  it("are not asked where nothing changed", () => {
    const failing = { any: () => expect.fail("nothing changed") };
    expect(readConsequences(comparisonOf({}, {}), failing)).toEqual({ consequences: [], findings: [] });
  });

  it("do not keep each other from reading: what one cannot read is a finding", () => {
    const readers = {
      broken: () => {
        throw new TypeError("an object that nobody thought of");
      },
      sound: () => [consequence()],
    };
    expect(readConsequences(comparison, readers)).toMatchObject({
      consequences: [{ subject: "checkout → cart:8080" }],
      findings: [
        {
          severity: "error",
          component: "broken",
          message: "what this means for broken could not be read: an object that nobody thought of",
        },
      ],
    });
  });
});
