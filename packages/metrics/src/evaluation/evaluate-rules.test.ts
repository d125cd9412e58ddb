import { describe, expect, it } from "vitest";
import type { AlertingRule, RuleGroup } from "../rules/rule.ts";
import { evaluateRules } from "./evaluate-rules.ts";

const alertOn = (expr: string, terms: Partial<AlertingRule> = {}): RuleGroup => ({
  name: "alerts",
  rules: [{ alert: "Fires", expr, labels: {}, annotations: {}, ...terms }],
});
const stretchesOf = (group: RuleGroup, samples: string): readonly (readonly [number, number | undefined])[] =>
  evaluateRules([group], { x: samples }).alerts.map(({ from, until }) => [
    from / 60,
    until === undefined ? until : until / 60,
  ]);

describe("rules over series", () => {
  it("record for those after them, in the same evaluation", () => {
    const rules = evaluateRules(
      [
        {
          name: "a",
          rules: [
            { record: "x:double", expr: "x * 2", labels: { by: "us" } },
            { record: "x:four", expr: "x:double * 2", labels: {} },
          ],
        },
      ],
      { 'x{a="b"}': "1 2 _" },
      { until: "1m" },
    );
    expect(rules.recorded).toEqual([
      {
        name: "x:double",
        labels: { a: "b", by: "us" },
        samples: [
          { time: 0, value: 2 },
          { time: 60, value: 4 },
        ],
      },
      {
        name: "x:four",
        labels: { a: "b", by: "us" },
        samples: [
          { time: 0, value: 4 },
          { time: 60, value: 8 },
        ],
      },
    ]);
    expect(rules.query("x:four", "0s")).toMatchObject([{ value: 4 }]);
  });

  it("end a recorded series at once when it is not there any more", () => {
    const rules = evaluateRules([{ name: "a", rules: [{ record: "y", expr: "x > 1", labels: {} }] }], { x: "2 2 0 0" });
    expect(rules.query("y", "1m")).toHaveLength(1);
    expect(rules.query("y", "2m")).toEqual([]);
  });

  it.each<[string, Partial<AlertingRule>, string, readonly (readonly [number, number | undefined])[]]>([
    ["at once", {}, "0x4 1x4 0x4", [[5, 10]]],
    ["after `for`", { for: "2m" }, "0x4 1x4 0x4", [[7, 10]]],
    ["not when `for` is longer", { for: "10m" }, "0x4 1x4 0x4", []],
    ["after `for` anew when it was interrupted", { for: "2m" }, "1 1 0 1 1 1 1", [[5, undefined]]],
    ["beyond the end with keep_firing_for", { keep_firing_for: "3m" }, "0x4 1x4 0x9", [[5, 13]]],
    ["on through a short interruption with keep_firing_for", { keep_firing_for: "3m" }, "1x4 0 1x4", [[0, undefined]]],
  ])("fire %s", (_, terms, samples, expected) =>
    expect(stretchesOf(alertOn("x > 0", terms), samples)).toEqual(expected),
  );

  it("give an alert the labels of the series and the rule's own", () => {
    const group = alertOn("x == 0", { labels: { severity: "page", about: "{{ $labels.job }}" } });
    expect(evaluateRules([group], { 'x{job="a"}': "0" }).alerts).toEqual([
      { alert: "Fires", labels: { about: "a", job: "a", severity: "page" }, since: 0, from: 0 },
    ]);
    expect(() => evaluateRules([alertOn("x", { labels: { a: "{{ humanize 1 }}" } })], { x: "0" })).toThrow(
      "is not evaluated here",
    );
  });

  it("refuse a `for` that is no duration", () =>
    expect(() => evaluateRules([alertOn("x", { for: "soon" })], { x: "0" })).toThrow('for of Fires is "soon"'));

  it("are evaluated as often as their group says", () => {
    const [y] = evaluateRules([{ name: "a", interval: "5m", rules: [{ record: "y", expr: "x", labels: {} }] }], {
      x: "0+1x10",
    }).recorded;
    expect(y?.samples.map(({ time }) => time)).toEqual([0, 300, 600]);
  });

  it("fail with their name and the time, where Prometheus would", () => {
    expect(() =>
      evaluateRules([{ name: "a", rules: [{ record: "y", expr: "x", labels: { a: "" } }] }], {
        'x{a="1"}': "_ 1",
        'x{a="2"}': "_ 1",
      }),
    ).toThrow("The rule y fails at 1m: two recorded series have the same labels.");
  });
});
