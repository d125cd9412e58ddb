import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filledText } from "./filled-text.ts";

describe("a text in which something else stands for its variables", () => {
  it("leads back to the place in the text as it was written", () => {
    const { text, writtenAt } = filledText("a $long b $c d", /\$\w+/g, (found) => (found === "$c" ? "seven" : "1"));
    expect(text).toBe("a 1 b seven d");
    expect(["a", "1", "b", "seven", "d"].map((word) => writtenAt(text.indexOf(word)))).toEqual([0, 2, 8, 10, 13]);
  });

  it("never leads out of the text, and from its end to the end", () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("$x", "${y}", "a", " ", "bc")),
        fc.string({ maxLength: 5 }),
        (words, instead) => {
          const written = words.join("");
          const { text, writtenAt } = filledText(written, /\$x|\$\{y\}/g, () => instead);
          for (let at = 0; at <= text.length; at++) {
            const back = writtenAt(at);
            expect(back).toBeGreaterThanOrEqual(0);
            expect(back).toBeLessThanOrEqual(written.length);
          }
          expect(writtenAt(text.length)).toBe(written.length);
        },
      ),
    ));
});
