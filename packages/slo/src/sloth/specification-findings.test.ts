import { describe, expect, it } from "vitest";
import type { PrometheusServiceLevelSpec, SlothObjective } from "./prometheus-service-level.ts";
import { serviceLevelFindings } from "./specification-findings.ts";

const good: SlothObjective = {
  name: "availability",
  objective: 99.9,
  sli: { events: { errorQuery: "sum(rate(a[{{.window}}]))", totalQuery: "sum(rate(b[{{ .window }}]))" } },
  alerting: { name: "Burn" },
};
const pathsOf = (spec: Partial<PrometheusServiceLevelSpec>): readonly (string | undefined)[] =>
  serviceLevelFindings({ service: "checkout", slos: [good], ...spec }).map(({ path }) => path);
const pathsWith = (slo: Partial<SlothObjective>): readonly (string | undefined)[] =>
  pathsOf({ slos: [{ ...good, ...slo }] });
const events = (errorQuery: string, totalQuery = "sum(rate(b[{{.window}}]))"): Pick<SlothObjective, "sli"> => ({
  sli: { events: { errorQuery, totalQuery } },
});

describe("a specification that Sloth accepts", () => {
  it.each([
    ["as it is", {}],
    ["with the whole budget promised", { objective: 100 }],
    ["with a ratio of its own", { sli: { raw: { errorRatioQuery: "avg_over_time(x[{{.window}}])" } } }],
    [
      "without alerts, and then without their name",
      { alerting: { pageAlert: { disable: true, labels: { a: "" } }, ticketAlert: { disable: true } } },
    ],
    ["with labels of any characters", { labels: { "a.b/ä": "{{ $value }}" } }],
  ] as const)("has no findings: %s", (_, change) => expect(pathsWith(change)).toEqual([]));
});

describe("what Sloth refuses is found", () => {
  it.each([
    ["a name of one character", { name: "a" }, "spec.slos[0].name"],
    ["a name that ends with a dash", { name: "a-" }, "spec.slos[0].name"],
    ["a name that the resource cannot have", { name: "a".repeat(129) }, "spec.slos[0].name"],
    ["an objective of 0", { objective: 0 }, "spec.slos[0].objective"],
    ["an objective above 100", { objective: 100.1 }, "spec.slos[0].objective"],
    ["an empty label", { labels: { team: "" } }, "spec.slos[0].labels.team"],
    ["the label __name__", { labels: { __name__: "x" } }, "spec.slos[0].labels"],
    ["a query without a window", events("sum(rate(a[5m]))"), "spec.slos[0].sli.events.errorQuery"],
    ["a query that does not parse", events("sum(rate(a[{{.window}}])"), "spec.slos[0].sli.events.errorQuery"],
    [
      "a query with another variable",
      events("sum(rate(a[{{.window}}])) + {{.foo}}"),
      "spec.slos[0].sli.events.errorQuery",
    ],
    [
      "a string with an escape that does not exist",
      events('sum(rate(a{b="\\d"}[{{.window}}]))'),
      "spec.slos[0].sli.events.errorQuery",
    ],
    ["errors that are all events", events("sum(rate(b[{{.window}}]))"), "spec.slos[0].sli.events"],
    ["alerts without a name", { alerting: {} }, "spec.slos[0].alerting.name"],
    [
      "an empty annotation",
      { alerting: { name: "Burn", annotations: { a: "" } } },
      "spec.slos[0].alerting.annotations.a",
    ],
    [
      "an empty label of an alert",
      { alerting: { name: "Burn", pageAlert: { labels: { a: "" } } } },
      "spec.slos[0].alerting.pageAlert.labels.a",
    ],
  ] as const)("%s", (_, change, path) => expect(pathsWith(change)).toEqual([path]));

  it("two SLOs of one name, none at all, a service without a name", () => {
    expect(pathsOf({ slos: [good, good] })).toEqual(["spec.slos[1].name"]);
    expect(pathsOf({ slos: [] })).toEqual(["spec.slos"]);
    expect(pathsOf({ service: "" })).toEqual(["spec.service"]);
  });

  it("all at once", () => {
    expect(pathsOf({ service: "-", slos: [{ ...good, objective: -1, ...events("a", "a") }] })).toHaveLength(5);
  });
});

describe("what only Sloth could run is found", () => {
  it("plugins", () => {
    expect(pathsWith({ sli: { plugin: { id: "x/y" } } })).toEqual(["spec.slos[0].sli.plugin"]);
    expect(pathsWith({ plugins: { chain: [{ id: "x" }] } })).toEqual(["spec.slos[0].plugins"]);
    expect(pathsOf({ sloPlugins: { chain: [{ id: "x" }] } })).toEqual(["spec.sloPlugins"]);
  });
});
