import { describe, expect, it } from "vitest";
import { readYamlDocuments } from "./read-documents.ts";

describe("YAML that somebody else wrote", () => {
  it("is all its documents, without the empty ones", () => {
    expect(readYamlDocuments("a: 1\n---\n---\n# nothing\n---\n- b\n")).toEqual({ documents: [{ a: 1 }, ["b"]] });
    expect(readYamlDocuments("")).toEqual({ documents: [] });
  });

  it("says where it ceases to be YAML", () => {
    expect(readYamlDocuments("a: 1\nb: [\n")).toMatchObject({ problem: { line: 3 } });
  });

  it("has no aliases, and no depth without end", () => {
    expect(readYamlDocuments("a: &a [1]\nb: *a\n").problem?.reason).toMatch(/alias/);
    expect(readYamlDocuments("[".repeat(64)).problem?.reason).toMatch(/depth|nesting/);
  });

  it("keeps what other schemas turn into dates and yes or no", () => {
    expect(readYamlDocuments("on: 2024-01-01\nyes: no\n")).toEqual({ documents: [{ on: "2024-01-01", yes: "no" }] });
  });
});
