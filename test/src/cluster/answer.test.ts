import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseWarnings, readAnswer } from "./answer.ts";

describe("an answer of the API server", () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: {} };

  it.each([200, 201])("with an object and status %d is an acceptance", (status) => {
    expect(readAnswer({ status, body: object, warnings: ["deprecated"] })).toEqual({
      accepted: true,
      object,
      warnings: ["deprecated"],
    });
  });

  it("with a failure names reason, message and each wrong field", () => {
    const body = {
      kind: "Status",
      status: "Failure",
      reason: "Invalid",
      message: 'Pod "x" is invalid',
      details: {
        causes: [
          { reason: "FieldValueRequired", message: "Required value", field: "spec.containers[0].name" },
          "noise",
        ],
      },
    };
    expect(readAnswer({ status: 422, body, warnings: [] })).toEqual({
      accepted: false,
      status: 422,
      reason: "Invalid",
      message: 'Pod "x" is invalid',
      causes: [{ reason: "FieldValueRequired", message: "Required value", field: "spec.containers[0].name" }],
      warnings: [],
    });
  });

  it.each([
    [500, "broken pipe\n", "broken pipe"],
    [503, "", "the API server answered 503 and nothing else"],
    [400, null, "the API server answered 400 and nothing else"],
    [409, { message: "" }, "the API server answered 409 and nothing else"],
  ])("with status %d and the body %j is a refusal that says so", (status, body, message) => {
    expect(readAnswer({ status, body, warnings: [] })).toMatchObject({
      accepted: false,
      reason: "Unknown",
      message,
      causes: [],
    });
  });

  it("with an object and a failing status is a refusal", () => {
    expect(readAnswer({ status: 404, body: object, warnings: [] })).toMatchObject({ accepted: false, status: 404 });
  });
});

describe("warnings", () => {
  it("are read from one header or several", () => {
    expect(parseWarnings('299 - "first"')).toEqual(["first"]);
    expect(parseWarnings('299 - "first", 299 - "second, with a comma"')).toEqual(["first", "second, with a comma"]);
    expect(parseWarnings(['299 - "first"', '299 - "second"'])).toEqual(["first", "second"]);
    expect(parseWarnings(undefined)).toEqual([]);
  });

  it("keep every text that a server can quote", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const header = texts.map((text) => `299 - "${text.replace(/[\\"]/g, "\\$&")}"`).join(", ");
        const expected = texts.filter((text) => !/[\n\r\u2028\u2029]/.test(text));
        fc.pre(expected.length === texts.length);
        expect(parseWarnings(header)).toEqual(texts);
      }),
    );
  });
});
