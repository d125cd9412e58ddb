import fc from "fast-check";
import { expect } from "vitest";

/** Reads texts of any characters, and texts that are made of a language's pieces: it never throws, and each finding lies within the text. */
export function expectPlacesWithin(
  findingsOf: (text: string) => readonly { readonly line: number; readonly column: number }[],
  pieces: readonly string[],
): void {
  const alike = fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(fc.string(), alike), (text) => {
      for (const { line, column } of findingsOf(text)) {
        const lines = text.split("\n");
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
      }
    }),
  );
}
