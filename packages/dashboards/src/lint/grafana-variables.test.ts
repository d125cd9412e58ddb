import { describe, expect, it } from "vitest";
import { isGlobalVariable, variablesIn, withLabelNames } from "./grafana-variables.ts";

describe("variables in a text", () => {
  it.each<[string, string[]]>([
    ['rate(up{job=~"$job", pod="${pod:regex}"}[$__rate_interval])', ["job", "pod", "__rate_interval"]],
    ["[[old]] and [[old:csv]]", ["old", "old"]],
    ["/d/x?var-a=${a}&${__url_time_range}", ["a", "__url_time_range"]],
    ['label_replace(up, "a", "$1", "b", "(.*)")', []],
    ["ends with a$", []],
  ])("of %j are %j", (text, names) => expect(variablesIn(text)).toEqual(names));

  it("are Grafana's own when their names begin with two underscores", () => {
    expect(isGlobalVariable("__from")).toBe(true);
    expect(isGlobalVariable("from")).toBe(false);
  });
});

describe("a variable that names a label", () => {
  it.each([
    ['up{$key="a",b="$key"}', 'up{job="a",b="$key"}'],
    ["sum by ($grouping, pod) (up)", "sum by (job, pod) (up)"],
    ['up{${key}=~"a"} * on ([[key]]) group_left ($key) up', 'up{job=~"a"} * on (job) group_left (job) up'],
    ["rate(up[$__rate_interval])", "rate(up[$__rate_interval])"],
    ["up == $threshold", "up == $threshold"],
  ])("of %s reads %s", (text, expected) => expect(withLabelNames(text)).toBe(expected));
});
