import { describe, expect, it } from "vitest";
import { errorFinding, missingSchemaKind } from "./error-findings.ts";
import { schemaFindings } from "./schema-findings.ts";

const about = { file: "a.yaml", resource: "v1/Pod a" };
const worded = (
  message: string,
  steps = ["spec", "field"],
): (readonly [string | undefined, string, string | undefined])[] =>
  schemaFindings([{ steps, message }], about).map((finding) => [finding.path, finding.message, finding.expected]);

describe("a value that its schema refuses", () => {
  it.each<[string, string | undefined, string, string | undefined]>([
    ["additional properties 'a b' not allowed", 'spec.field["a b"]', 'unknown field "a b"', undefined],
    ["missing property 'x'", "spec.field.x", 'the field "x" is missing', "a value: the schema requires this field"],
    ["got string, want null or integer", "spec.field", '"field" is a string', "an integer"],
    ["got array, want integer or string", "spec.field", '"field" is a list', "an integer or a string"],
    ["got string, want null", "spec.field", '"field" is a string', "null"],
    ["value must be 'v1'", "spec.field", '"field" has a value that is not allowed', "'v1'"],
    ["value must be one of 'a', 'b'", "spec.field", '"field" has a value that is not allowed', "one of 'a', 'b'"],
    ["'x y' does not match pattern '^a\\\\.b$'", "spec.field", "\"field\" is 'x y'", "a text that matches ^a\\.b$"],
    ["maxLength: got 254, want 253", "spec.field", '"field" has 254 characters', "at most 253"],
    ["minItems: got 0, want 1", "spec.field", '"field" has 0 items', "at least 1"],
    ["maximum: got 3e+09, want 2.147483647e+09", "spec.field", '"field" is 3e+09', "at most 2.147483647e+09"],
    ["items at 0 and 2 are equal", "spec.field[2]", 'the items 0 and 2 of "field" are equal', "each item once"],
    ["'x' is not valid date-time: parsing time", "spec.field", "\"field\" is 'x': parsing time", "a date-time"],
    ["something new", "spec.field", '"field": something new', undefined],
  ])("%s", (message, path, text, expected) => {
    expect(worded(message)).toEqual([[path, text, expected]]);
  });

  it("gives one finding for each unknown and each missing field", () => {
    expect(worded("additional properties 'a', 'b' not allowed")).toHaveLength(2);
    expect(worded("missing properties 'a', 'b'").map(([path]) => path)).toEqual(["spec.field.a", "spec.field.b"]);
  });

  it("is named by the list when it is an item", () => {
    expect(worded("got null, want string", ["spec", "args", "0"])).toEqual([
      ["spec.args[0]", 'an item of "args" is null', "a string"],
    ]);
  });

  it("may be the key of a label, which is no unknown field", () => {
    expect(worded("additional properties 'bad key' not allowed", ["metadata", "labels"])).toEqual([
      ['metadata.labels["bad key"]', '"bad key" cannot be the key of a label', expect.stringContaining("at most 63")],
    ]);
  });

  it("may be a missing name", () => {
    const message = "none of the alternatives fits: missing property 'generateName'; or missing property 'name'";
    expect(worded(message, ["metadata"])).toEqual([["metadata.name", "the object has no name", "a name"]]);
  });

  it("names file and object", () => {
    expect(schemaFindings([{ steps: [], message: "got array, want object" }], about)).toEqual([
      { code: "invalid-resource", severity: "error", ...about, message: "the object is a list", expected: "an object" },
    ]);
  });
});

describe("an object that cannot be compared with a schema", () => {
  it.each<[string, object]>([
    [
      'error unmarshalling resource: error converting YAML to JSON: yaml: unmarshal errors:\n  line 5: key "a" already set in map',
      { message: 'line 14: the key "a" stands twice in one mapping' },
    ],
    [
      "error unmarshalling resource: error converting YAML to JSON: yaml: line 3: did not find expected key",
      { message: "line 12: the YAML cannot be read: did not find expected key" },
    ],
    [
      "error unmarshalling resource: error converting YAML to JSON: yaml: invalid leading UTF-8 octet",
      { message: "the YAML cannot be read: invalid leading UTF-8 octet" },
    ],
    [
      "error unmarshalling resource: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}",
      { message: "the document is a list" },
    ],
    ["error while parsing: missing 'kind' key", { message: "the object has no kind", path: "kind" }],
    [
      "error while parsing: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field .Metadata of type struct { Name string }",
      { message: '"metadata" is a string', expected: "an object" },
    ],
    ["error while parsing: something new", { message: "something new" }],
  ])("%s", (text, expected) => {
    expect(errorFinding(text, { ...about, line: 10 })).toMatchObject({
      code: "rejected-by-judge",
      severity: "error",
      ...about,
      ...expected,
    });
  });

  it("in memory has no lines", () => {
    expect(errorFinding("yaml: line 1: key x already set in map", { line: 1 }).message).toBe(
      "the key x stands twice in one mapping",
    );
  });

  it("may lack its schema", () => {
    expect(missingSchemaKind("could not find schema for Foo")).toBe("Foo");
    expect(missingSchemaKind("error while parsing: missing 'kind' key")).toBeUndefined();
  });
});
