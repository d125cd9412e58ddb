import { describe, expect, it } from "vitest";
import { valueValidations } from "./value-validations.ts";

const value = { types: ["object"], nullAllowed: false };
const optional = { types: ["object"], nullAllowed: true };
const text = { type: "string" };
const properties = { a: text, b: text };

describe("logical keywords", () => {
  it("count a field whose null is dropped as absent", () => {
    expect(valueValidations({ properties, oneOf: [{ required: ["a"] }, { required: ["b"] }] }, value, "")).toEqual({
      oneOf: [
        { required: ["a"], properties: { a: { not: { type: "null" } } } },
        { required: ["b"], properties: { b: { not: { type: "null" } } } },
      ],
    });
  });

  it("count the null of a nullable field as present", () => {
    const nullable = { properties: { a: { ...text, nullable: true } }, anyOf: [{ required: ["a"] }] };
    expect(valueValidations(nullable, value, "")).toEqual({ anyOf: [{ required: ["a"] }] });
  });

  it("count a field with a default as present", () => {
    const defaulted = { properties: { a: { ...text, default: "x" } }, anyOf: [{ required: ["a"] }] };
    expect(valueValidations(defaulted, value, "")).toEqual({ anyOf: [{}] });
  });

  it("judge the default of an absent field", () => {
    const node = {
      properties: { type: { ...text, default: "A" } },
      oneOf: [{ properties: { type: { enum: ["A"] } } }, { properties: { type: { not: { enum: ["A"] } } } }],
    };
    const { oneOf } = valueValidations(node, value, "");
    expect(oneOf).toMatchObject([{}, { required: ["type"] }]);
    expect(oneOf).not.toMatchObject([{ required: ["type"] }, {}]);
  });

  it("leave null alone where it stands for an absent value", () => {
    expect(valueValidations({ properties, oneOf: [{ required: ["a"] }] }, optional, "")).toMatchObject({
      oneOf: [{ type: "object", required: ["a"] }, { type: "null" }],
    });
    expect(valueValidations({ properties, not: { required: ["a"] } }, optional, "")).toMatchObject({
      not: { type: "object", required: ["a"] },
    });
    expect(
      valueValidations(
        { allOf: [{ pattern: "^a" }, { not: { enum: ["b"] } }] },
        { types: ["string"], nullAllowed: true },
        "",
      ),
    ).toEqual({
      allOf: [{ pattern: "^a" }, { anyOf: [{ type: "string", not: { enum: ["b"] } }, { type: "null" }] }],
    });
  });

  it("never close objects: the structural part does", () => {
    const nested = {
      properties: { a: { type: "object", properties } },
      anyOf: [{ properties: { a: { required: ["b"] } } }],
    };
    expect(JSON.stringify(valueValidations(nested, value, ""))).not.toContain("additionalProperties");
  });

  it("read a format with the type of the structural part", () => {
    expect(
      valueValidations(
        { ...text, anyOf: [{ format: "ipv4" }, { format: "ipv6" }] },
        { types: ["string"], nullAllowed: false },
        "",
      ),
    ).toEqual({
      anyOf: [{ format: "ipv4" }, { format: "ipv6" }],
    });
  });

  it("add nothing where there are none", () => {
    expect(valueValidations({ type: "object", properties }, value, "")).toEqual({});
  });
});
