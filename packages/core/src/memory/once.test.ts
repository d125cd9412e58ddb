import { describe, expect, it } from "vitest";
import { once } from "./once.ts";

describe("a function that computes once", () => {
  it("computes once for the same things, also when there is nothing to give", () => {
    let calls = 0;
    const nothing = once((_one: object, _other: object): undefined => {
      calls += 1;
    });
    const [a, b] = [{}, {}];
    nothing(a, b);
    nothing(a, b);
    expect(calls).toBe(1);
  });
  it("tells things apart by identity, and by their order", () => {
    const made = once((...things: readonly object[]) => ({ things }));
    const [a, b] = [{}, {}];
    expect(made(a, b)).toBe(made(a, b));
    expect(made(b, a)).not.toBe(made(a, b));
    expect(made(a)).not.toBe(made(a, b));
    expect(made({})).not.toBe(made({}));
  });
});
