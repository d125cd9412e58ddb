import { describe, expect, it } from "vitest";
import { expectPlacesWithin } from "./places-within.fixture.ts";
import { traceqlFindings } from "./traceql-findings.ts";
import { traceqlIntrinsics } from "./traceql-intrinsics.ts";

const said = (text: string) => traceqlFindings(text).map(({ column, message }) => `${column}: ${message}`);

describe("TraceQL", () => {
  it.each([
    "{ }",
    '{ resource.service.name = "checkout" && status = error }',
    '{ resource.service.name = "$service" && name =~ "${operation:regex}" && kind = server }',
    "{ resource.service.name = $service && duration > [[slow]] }",
    "{ duration > 1h30m } | count() > 2",
    "{ nestedSetParent < 0 && span.http.response.status_code >= 500 }",
    "{ status = error } >> { span.db.system != nil }",
    "{ .a = true } | by(resource.service.name) | avg(duration) > 100ms",
    "{ } | rate() by (resource.service.name)",
    "{ } | quantile_over_time(duration, .99, 0.5) by (span.http.route)",
    '{ event:name = "exception" && trace:rootService = "frontend" } | select(span.http.route)',
    "{ status != ok || kind = consumer }",
    "{ span:childCount > 3 }",
    // Cases of Tempo's own test_examples.yaml.
    "{ } | count_over_time() by (name) with(sample=0.1)",
    "{ true } | by(3 * .field - 2) | max(duration) < 1s",
    "({ true } | count() > 1 | { false }) >> ({ true } | count() > 1 | { false })",
    '{ !("test" != .c || ((true && .b) || 3 < .a)) }',
    "max(duration) > 3s | { status = error || .http.status = 500 }",
    "{ true } !>> { true }",
  ])("%s is right", (text) => expect(said(text)).toEqual([]));

  it.each([
    ["", ["1: asks nothing"]],
    ["{ status = error", ["1: lacks a } for the { of column 1"]],
    ['{ name = "a }', ["10: has a text without its closing quote, from column 10 on"]],
    ["{ status = }", ["12: does not parse at column 12: } cannot stand here"]],
    [
      '{ service.name = "a" }',
      [
        "3: does not parse at column 3: service.name cannot stand here: it is no intrinsic, and an attribute has a scope",
      ],
    ],
    ['{ status = "error" }', ['3: compares status = "error", which Tempo refuses']],
    ["{ kind = error }", ["3: compares kind = error, which Tempo refuses"]],
    ['{ duration > "2s" }', ['3: compares duration > "2s", which Tempo refuses']],
    ["{ status > ok }", ["3: compares status > ok, which Tempo refuses"]],
    ['{ nestedSetParent > "foo" }', ['3: compares nestedSetParent > "foo", which Tempo refuses']],
    ["{ status }", ["1: filters by status, which is no condition"]],
    ['{ "foo" }', ['1: filters by "foo", which is no condition']],
    ["{ true } | count()", ["19: does not parse at column 19: it ends where something must follow"]],
    ["{ name = 1 }", ["3: compares name = 1, which Tempo refuses"]],
    ['{ span.a = 1 && name =~ "a(?!b)" }', [expect.stringMatching(/^17: has the regular expression "a\(\?!b\)"/)]],
  ])("%s is wrong", (text, messages) => expect(said(text)).toEqual(messages));

  it("says what an attribute needs, and what a name was meant to be", () => {
    expect(traceqlFindings('{ service.name = "a" }')).toMatchObject([
      { expected: "resource.service.name or span.service.name" },
    ]);
    expect(traceqlFindings('{ statusMesage = "a" }')).toMatchObject([{ expected: "statusMessage" }]);
  });

  it.each(Object.keys(traceqlIntrinsics))("knows %s", (name) => expect(said(`{ ${name} != nil }`)).toEqual([]));

  it("is read whatever it holds, and each place lies within the text", () =>
    expectPlacesWithin(traceqlFindings, pieces));
});

/** What texts that look like TraceQL are made of. */
const pieces = [
  "{",
  "}",
  '"',
  "`",
  "resource.",
  "service.name",
  "status",
  "=~",
  "=",
  " ",
  "&&",
  "|",
  "count()",
  "$x",
  "${y}",
  "[[z]]",
  "(",
  ")",
  "1h30m",
  ".5",
  "//",
  "\n",
];
