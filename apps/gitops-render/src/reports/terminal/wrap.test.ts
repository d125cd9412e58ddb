import { describe, expect, it } from "vitest";
import { wrap } from "./wrap.ts";

describe("a sentence in a terminal", () => {
  it("is broken between words, and keeps all of them", () => {
    expect(wrap("checkout may connect to cart", 14)).toEqual(["checkout may", "connect to", "cart"]);
    expect(wrap("a verylongwordthatfitsnowhere b", 10)).toEqual(["a", "verylongwordthatfitsnowhere", "b"]);
    expect(wrap("short", 10)).toEqual(["short"]);
  });

  it("stays as far in as it began", () => expect(wrap("  one two three", 9)).toEqual(["  one two", "  three"]));
});
