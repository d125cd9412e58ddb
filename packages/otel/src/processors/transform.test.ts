import { describe, expect, it } from "vitest";
import { ottlText } from "./transform.ts";

describe("a text in a statement", () => {
  it("is quoted, and its $ begins no variable of the configuration", () => {
    expect(ottlText("checkout")).toBe('"checkout"');
    expect(ottlText('a "b" \\ c')).toBe('"a \\"b\\" \\\\ c"');
    expect(ottlText("${env:HOME} $1")).toBe('"$${env:HOME} $$1"');
  });
});
