import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldPath, parseViolations, unquote } from "./violations.ts";

const header = "jsonschema validation failed with 'file:///s/apps/deployment_v1.json#'";

describe("the schema library's report", () => {
  it("gives the leaves of its tree in the order of their pointers", () => {
    const report = `${header} - at '/spec': validation failed   - at '/spec/template': additional properties 'x' not allowed   - at '/spec/replicas': got string, want integer - at '/kind': value must be 'Deployment'`;
    expect(parseViolations(report)).toEqual([
      { steps: ["kind"], message: "value must be 'Deployment'" },
      { steps: ["spec", "replicas"], message: "got string, want integer" },
      { steps: ["spec", "template"], message: "additional properties 'x' not allowed" },
    ]);
  });

  it("speaks of the object itself with an empty pointer", () => {
    expect(parseViolations(`${header} - at '': missing property 'spec'`)).toEqual([
      { steps: [], message: "missing property 'spec'" },
    ]);
  });

  it("says once what alternatives ask for", () => {
    const report = `${header} - at '/spec': 'anyOf' failed   - at '/spec': missing property 'a'   - at '/spec/b': got null, want string`;
    expect(parseViolations(report)).toEqual([
      { steps: ["spec"], message: "none of the alternatives fits: b: got null, want string; or missing property 'a'" },
    ]);
  });

  it("says the same thing once", () => {
    const report = `${header} - at '/a': got null, want string - at '/a': got null, want string`;
    expect(parseViolations(report)).toHaveLength(1);
  });

  it("is not cut at what stands in a value", () => {
    const report = `${header} - at '/metadata/name': ' - at \\'/x\\': got y, want z' does not match pattern '^a - at \\'b\\'$'`;
    expect(parseViolations(report)).toEqual([
      {
        steps: ["metadata", "name"],
        message: "' - at \\'/x\\': got y, want z' does not match pattern '^a - at \\'b\\'$'",
      },
    ]);
  });

  it("undoes the escapes of quotes and pointers", () => {
    expect(parseViolations(`${header} - at '/data/a~1b~0c\\'d\\\\e\\nf"': got number, want string`)).toEqual([
      { steps: ["data", "a/b~c'd\\e\nf\""], message: "got number, want string" },
    ]);
  });

  it("is kept whole when it has another form", () => {
    expect(parseViolations("something else")).toEqual([{ steps: [], message: "something else" }]);
  });
});

/** Go's fmt %q, with the quotes that the schema library makes of it. */
const goQuote = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");

it("quoted text is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(unquote(goQuote(text))).toBe(text);
    }),
  );
  expect(unquote("\\a\\x7f\\u2028\\U0001f600")).toBe("\u0007\u007f\u2028😀");
});

it.each([
  [["spec", "containers", "0", "image"], "spec.containers[0].image"],
  [["metadata", "annotations", "example.com/team"], 'metadata.annotations["example.com/team"]'],
  [["1", "a-b"], "[1].a-b"],
  [["data", ""], 'data[""]'],
  [[], ""],
])("the steps %j are the path %s", (steps, path) => {
  expect(fieldPath(steps)).toBe(path);
});
