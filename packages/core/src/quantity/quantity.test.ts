import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addQuantities, compareQuantities, parseQuantity, printQuantity, type Quantity } from "./quantity.ts";

const quantity = (text: string): Quantity => {
  const parsed = parseQuantity(text);
  if (parsed === undefined) throw new Error(`${text} is not a quantity`);
  return parsed;
};

describe("a quantity", () => {
  // Canonical forms as kube-apiserver 1.36 returns them.
  it.each([
    ["0", "0"],
    ["1", "1"],
    ["0.5", "500m"],
    [".5", "500m"],
    ["1.5", "1500m"],
    ["1000m", "1"],
    ["1000", "1k"],
    ["1024", "1024"],
    ["1024Ki", "1Mi"],
    ["1.5Gi", "1536Mi"],
    ["0.5Gi", "512Mi"],
    ["100Ki", "100Ki"],
    ["0.5Ki", "512"],
    ["40Gi", "40Gi"],
    ["1e3", "1e3"],
    ["12e6", "12e6"],
    ["1E", "1E"],
    ["1n", "1n"],
    ["0.1n", "1n"],
    ["-2", "-2"],
    ["+2", "2"],
  ])("%s is written %s", (text, canonical) => expect(printQuantity(quantity(text))).toBe(canonical));

  it.each(["", " ", "1 Gi", "Gi", "1GB", "1gi", "1K", "0x10", "1e", "1.2.3", "1_000", "NaN", "1Kii", "--1", "9e99"])(
    "%j is none",
    (text) => expect(parseQuantity(text)).toBeUndefined(),
  );

  it("compares across suffixes", () => {
    expect(compareQuantities(quantity("1Gi"), quantity("1G"))).toBe(1);
    expect(compareQuantities(quantity("1000m"), quantity("1"))).toBe(0);
    expect(compareQuantities(quantity("100m"), quantity("0.2"))).toBe(-1);
  });

  it("adds", () => expect(printQuantity(addQuantities(quantity("512Mi"), quantity("1536Mi")))).toBe("2Gi"));

  const amounts = fc.record({
    nanos: fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
    format: fc.constantFrom("binary" as const, "decimal" as const, "exponent" as const),
  });

  it("means the same after printing and parsing", () => {
    fc.assert(fc.property(amounts, (amount) => quantity(printQuantity(amount)).nanos === amount.nanos));
  });

  it("is canonical after one printing", () => {
    fc.assert(
      fc.property(amounts, (amount) => printQuantity(quantity(printQuantity(amount))) === printQuantity(amount)),
    );
  });

  it("orders as its amounts do", () => {
    fc.assert(
      fc.property(
        amounts,
        amounts,
        (a, b) => Math.sign(compareQuantities(a, b)) === (a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0),
      ),
    );
  });
});
