import { describe, expect, it } from "vitest";
import type { RuleGroup } from "../rules/rule.ts";
import { evaluateComputed } from "./evaluate-computed.ts";

const now = 1_800_000_000;
const hits = { name: "hits_total", labels: { job: "a" }, valueAt: (time: number) => time * 2 };
const late = { name: "late", labels: {}, valueAt: (time: number) => (time < now - 60 ? undefined : 7) };

describe("series that are computed when they are asked for", () => {
  const rules: RuleGroup["rules"] = [
    { record: "hits:rate", expr: "rate(hits_total[5m])", labels: { of: "all" } },
    { alert: "Hits", expr: "hits:rate > 1", for: "1h", labels: { severity: "info" }, annotations: {} },
    { alert: "Late", expr: "late > 0", for: "1h", labels: {}, annotations: {} },
  ];
  const evaluation = evaluateComputed([hits, late], [{ name: "g", rules }]);

  it("have a value at any time", () =>
    expect(evaluation.over("late", [now - 3600, now])).toEqual([
      { labels: { __name__: "late" }, values: [undefined, 7] },
    ]));

  it.each(["5m", "1h", "30d"])("are looked at over %s", (range) =>
    expect(evaluation.over(`rate(hits_total[${range}])`, [now])).toEqual([
      { labels: { job: "a" }, values: [expect.closeTo(2, 12)] },
    ]),
  );

  it("give what rules record, by name and by a pattern of names", () => {
    const values = [2];
    const labels = { __name__: "hits:rate", job: "a", of: "all" };
    expect(evaluation.over("hits:rate", [now])).toEqual([{ labels, values }]);
    expect(evaluation.over('{__name__=~"hits:.+",of="all"}', [now])).toEqual([{ labels, values }]);
    expect(evaluation.over('hits:rate{of="none"}', [now])).toEqual([]);
  });

  it("give alerts, which wait until their condition has held long enough", () =>
    expect(evaluation.over("count by (alertname, alertstate) (ALERTS)", [now])).toEqual([
      { labels: { alertname: "Hits", alertstate: "firing" }, values: [1] },
      { labels: { alertname: "Late", alertstate: "pending" }, values: [1] },
    ]));

  it("count every point of a subquery, though only some moments are evaluated", () =>
    expect(evaluation.over("count_over_time(vector(1)[30d:5m])", [now])).toEqual([
      { labels: {}, values: [(30 * 24 * 60) / 5] },
    ]));

  it("fail where Prometheus fails", () => {
    expect(() => evaluation.over("sum(", [now])).toThrow(TypeError);
    expect(() => evaluation.over("hits_total[5m]", [now])).toThrow("A range has no value at a moment.");
  });
});
