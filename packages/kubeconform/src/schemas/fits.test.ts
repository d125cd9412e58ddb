import { expect, it } from "vitest";
import { fits } from "./fits.ts";

it.each<[unknown, unknown, boolean | undefined]>([
  ["A", { enum: ["A", "B"] }, true],
  ["C", { enum: ["A", "B"] }, false],
  ["A", { not: { enum: ["A"] } }, false],
  ["A", { anyOf: [{ enum: ["B"] }, { type: "null" }] }, false],
  ["A", { anyOf: [{ enum: ["A"] }, { pattern: "^x" }] }, true],
  ["A", { oneOf: [{ enum: ["A"] }, { type: "string" }] }, false],
  ["A", { allOf: [{ type: "string" }, { enum: ["A"] }] }, true],
  [1, { type: "number" }, true],
  [1.5, { type: "integer" }, false],
  ["A", { pattern: "^A" }, undefined],
  ["A", { pattern: "^A", enum: ["B"] }, false],
  ["A", { not: { pattern: "^A" } }, undefined],
  [undefined, { enum: ["A"] }, undefined],
  [{}, { type: "object" }, undefined],
])("%j against %j is %s", (value, schema, expected) => {
  expect(fits(value, schema)).toBe(expected);
});
