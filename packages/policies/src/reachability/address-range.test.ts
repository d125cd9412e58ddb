import { isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cutRanges,
  everyAddress,
  holdsRange,
  parseAddress,
  printAddress,
  rangeOf,
  rangesWithout,
} from "./address-range.ts";

const printed = (cidr: string, except: readonly string[] = []): string[] =>
  rangesWithout(cidr, except).map(
    ({ family, first, last }) => `${printAddress(family, first)}-${printAddress(family, last)}`,
  );

describe("an address", () => {
  test("is printed and read back as the same", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
        (four, six) => {
          expect(parseAddress(printAddress("ipv4", four))).toEqual({ family: "ipv4", value: four });
          expect(isIPv6(printAddress("ipv6", six))).toBe(true);
          expect(parseAddress(printAddress("ipv6", six))).toEqual({ family: "ipv6", value: six });
        },
      ),
    );
  });

  // The examples of RFC 5952, section 4.
  test.each([
    ["2001:db8:0:0:0:0:2:1", "2001:db8::2:1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:DB8::AA", "2001:db8::aa"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["1:0:0:0:0:0:0:0", "1::"],
    ["10:0:0:0:0:0:0:10", "10::10"],
    ["::ffff:192.0.2.128", "::ffff:c000:280"],
  ])("%s is printed as %s", (text, shortest) => {
    expect(printAddress("ipv6", parseAddress(text).value)).toBe(shortest);
  });
});

describe("a range", () => {
  test("of a block is its first and last address", () => {
    expect(["10.30.64.0/20", "0.0.0.0/0", "203.0.113.7/32", "2001:db8::/126"].flatMap((cidr) => printed(cidr))).toEqual(
      ["10.30.64.0-10.30.79.255", "0.0.0.0-255.255.255.255", "203.0.113.7-203.0.113.7", "2001:db8::-2001:db8::3"],
    );
  });

  test("of what is no block is refused", () => {
    expect(() => rangeOf("10.0.0.1/8")).toThrow("has bits set beyond its prefix");
    expect(() => rangeOf("ten")).toThrow(RangeError);
  });

  test("less other blocks is what lies between them", () => {
    expect(printed("10.0.0.0/8", ["10.0.0.0/16", "10.2.0.0/16", "10.2.3.0/24", "192.168.0.0/16"])).toEqual([
      "10.1.0.0-10.1.255.255",
      "10.3.0.0-10.255.255.255",
    ]);
    expect(printed("10.0.0.0/8", ["0.0.0.0/0"])).toEqual([]);
  });

  test("is cut into pieces that cover it once, each wholly in or out of each cut", () => {
    const cidr = fc
      .tuple(fc.bigInt({ min: 0n, max: 255n }), fc.integer({ min: 8, max: 32 }))
      .map(([octet, prefix]) => rangeOf(`${octet}.0.0.0/${prefix}`));
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 6 }), (cuts) => {
        const whole = everyAddress("ipv4");
        const pieces = cutRanges([whole], cuts);
        expect(pieces[0]?.first).toBe(whole.first);
        expect(pieces.at(-1)?.last).toBe(whole.last);
        for (const [index, piece] of pieces.slice(1).entries())
          expect(piece.first).toBe((pieces[index]?.last ?? 0n) + 1n);
        for (const cut of cuts)
          for (const piece of pieces)
            expect(holdsRange(cut, piece) || piece.last < cut.first || cut.last < piece.first).toBe(true);
      }),
    );
  });
});
