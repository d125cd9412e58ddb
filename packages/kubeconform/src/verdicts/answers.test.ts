import { describe, expect, it } from "vitest";
import { parseAnswers } from "./answers.ts";

describe("kubeconform's TAP output", () => {
  it("answers each document", () => {
    const { answers, clear } = parseAnswers(
      [
        "ok 4 - stdin (v1/ConfigMap/a/b)",
        "ok 5 - stdin (empty)",
        "ok 6 - stdin (v1/Secret/a/b) # skip",
        "not ok 7 - stdin (v1/Pod/a/b): problem validating schema. Check JSON formatting: jsonschema validation failed",
        "not ok 8 - stdin: could not find schema for Foo",
      ],
      4,
    );
    expect(clear).toBe(true);
    expect(answers).toEqual([
      { status: "valid", qualifiedName: "v1/ConfigMap/a/b" },
      { status: "empty" },
      { status: "skipped", qualifiedName: "v1/Secret/a/b" },
      { status: "invalid", qualifiedName: "v1/Pod/a/b", text: "jsonschema validation failed" },
      { status: "error", text: "could not find schema for Foo" },
    ]);
  });

  it("may go over several lines for an error", () => {
    expect(
      parseAnswers(
        [
          "not ok 1 - stdin: yaml: unmarshal errors:",
          '  line 5: key "a" already set in map',
          "ok 2 - stdin (v1/Pod//a)",
        ],
        1,
      ),
    ).toEqual({
      clear: true,
      answers: [
        { status: "error", text: 'yaml: unmarshal errors:\n  line 5: key "a" already set in map' },
        { status: "valid", qualifiedName: "v1/Pod//a" },
      ],
    });
  });

  it.each([
    ["a name that looks like an answer", ["ok 1 - stdin (v1/Pod//a", "ok 2 - stdin (x))", "not ok 2 - stdin: x"]],
    ["a line break in a name", ["ok 1 - stdin (v1/Pod//a", "b)"]],
    ["an answer that is missing", ["ok 2 - stdin (v1/Pod//a)"]],
    ["text before the first answer", ["hello", "ok 1 - stdin (v1/Pod//a)"]],
  ])("is not clear with %s", (_, lines) => {
    expect(parseAnswers(lines, 1).clear).toBe(false);
  });
});
