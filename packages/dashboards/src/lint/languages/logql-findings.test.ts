import { describe, expect, it } from "vitest";
import { logqlFindings, logqlResult } from "./logql-findings.ts";
import { expectPlacesWithin } from "./places-within.fixture.ts";

const said = (text: string) => logqlFindings(text).map(({ column, message }) => `${column}: ${message}`);

describe("LogQL", () => {
  it.each([
    '{service_name="checkout"}',
    '{service_name=~"$service", k8s_namespace_name!~"kube-.*"} |= "error" != `debug` |~ "(?i)time.?out"',
    '{service_name="a"} | json | status >= 500 | line_format "{{.message}}"',
    '{service_name="a"} | severity_text=~"ERROR|FATAL" | k8s_pod_name="x"',
    'sum by (severity_text, $group) (rate({service_name="a"} [$__auto]))',
    'sum(count_over_time({service_name="${service:regex}"} | logfmt [[[range]]]))',
    'quantile_over_time(0.99, {service_name="a"} | json | unwrap duration_ms [${__interval}]) by (route)',
    'topk($limit, sum by (service_name) (bytes_rate({service_name=~".+"} [5m]))) > 10',
    'sum(rate({service_name="a"} [5m])) / sum(rate({service_name=~"a|b"} [5m] offset 1d))',
    "{service_name=${service:doublequote}}",
    '# who?\n{service_name="a"} # an apostrophe\'s no quote',
    'absent_over_time({service_name="a"} [5m])',
  ])("%s is right", (text) => expect(said(text)).toEqual([]));

  it.each([
    ["", ["1: asks nothing"]],
    ['{service_name="a"', ["1: lacks a } for the { of column 1"]],
    ['sum(rate({service_name="a"} [5m])', ["4: lacks a ) for the ( of column 4"]],
    ['{service_name="a"]', ["18: closes ] at column 18, where } must close the { of column 1"]],
    ['{service_name="a}', ["15: has a text without its closing quote, from column 15 on"]],
    ["{}", ["2: does not parse at column 2: } cannot stand here"]],
    ['rate({service_name="a"})', ["24: does not parse at column 24: ) cannot stand here"]],
    ['{service_name="a"} |= ', ["23: does not parse at column 23: it ends where something must follow"]],
    ['{service_name=~".*"}', ["1: selects every stream, which Loki refuses"]],
    ['{service_name!="a", k8s_pod_name=""}', ["1: selects every stream, which Loki refuses"]],
    ['{service="a"}', ["2: selects streams by service, which is no label of a stream"]],
    ['{service_name=~"a(?!b)"}', [expect.stringMatching(/^16: has the regular expression "a\(\?!b\)"/)]],
    ['{service_name="a"} |~ "a["', [expect.stringMatching(/^23: has the regular expression/)]],
  ])("%s is wrong", (text, messages) => expect(said(text)).toEqual(messages));

  // Cases of Loki's own parser_test.go.
  it.each([
    ['absent_over_time({service_name="a"}[5h]) by (foo)', "groups the result of absent_over_time itself"],
    ['approx_topk(2, count_over_time({service_name="a"}[5h])) by (foo)', "groups approx_topk, which counts by itself"],
    ['label_replace(rate({service_name="a"}[5m]),"foo","$1","bar","^^^^x43\\\\q")', "has the regular expression"],
    ['sum(3, count_over_time({service_name="a"}[5h]))', "gives sum a parameter"],
    ['topk(count_over_time({service_name="a"}[5h]))', "asks for topk of how many it does not say"],
    ['bottomk(1.2, count_over_time({service_name="a"}[5h]))', "asks for bottomk of 1.2"],
    ['sum_over_time({service_name="a"} | json [5m])', "asks for sum_over_time of lines, which have no number"],
    ['count_over_time({service_name="a"} | json | unwrap foo [5m])', "asks for count_over_time of a label's numbers"],
    ['quantile_over_time({service_name="a"} | unwrap b [5m])', "gives quantile_over_time no parameter"],
    ['sum_over_time(50, {service_name="a"} | unwrap b [5m])', "gives sum_over_time a parameter"],
    ['{service_name="a"} + {service_name="b"}', 'calculates with lines: {service_name="a"} +'],
    ['sum(rate({service_name="a"}[5m])) or 1', "joins a number by or"],
  ])("%s parses and is refused by Loki", (text, message) =>
    expect(logqlFindings(text).map((finding) => finding.message)).toEqual([expect.stringContaining(message)]),
  );

  it("says what to write instead", () =>
    expect(logqlFindings('{service_nam="a"}')).toEqual([
      expect.objectContaining({ code: "unknown-reference", expected: "service_name", line: 1, column: 2 }),
    ]));

  it("takes the labels that a caller's streams have", () =>
    expect(logqlFindings('{app="a"}', { labels: new Set(["app"]) })).toEqual([]));

  it("gives lines, or numbers that are made of them", () => {
    expect(logqlResult('{service_name="a"} | json')).toBe("lines");
    expect(logqlResult('sum(rate({service_name="$a"} [$__auto]))')).toBe("numbers");
    expect(logqlResult("# nothing\nvector(1)")).toBe("numbers");
    expect(logqlResult("{")).toBeUndefined();
  });

  it("is read whatever it holds, and each place lies within the text", () => expectPlacesWithin(logqlFindings, pieces));
});

/** What texts that look like LogQL are made of. */
const pieces = [
  "{",
  "}",
  '"',
  "`",
  "service_name",
  "=~",
  "=",
  " ",
  "|=",
  "rate(",
  ")",
  "[5m]",
  "[",
  "$x",
  "${y}",
  "[[z]]",
  "sum by (",
  "| json",
  "#",
  "\n",
  "a",
];
