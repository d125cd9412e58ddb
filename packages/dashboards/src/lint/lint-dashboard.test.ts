import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badDashboards } from "./bad-dashboards.fixture.ts";
import { changed, drop, set } from "./json-change.fixture.ts";
import { lintDashboard } from "./lint-dashboard.ts";
import { lintDashboards } from "./lint-dashboards.ts";
import { lintRuleDescriptions } from "./lint-rules.ts";
import { modelDashboard, modelPanels } from "./model-dashboard.fixture.ts";

const { spans } = modelPanels;

function rulesBroken(text: string): string[] {
  const names = lintDashboard(text).map(({ message }) => /\(([a-z-]+)\)$/.exec(message)?.[1] ?? message);
  return [...new Set(names)];
}

describe("a dashboard that follows every rule", () => {
  it("has no findings", () => expect(lintDashboard(modelDashboard)).toEqual([]));

  it("has a panel of each kind", () => {
    const { panels }: { panels: readonly { type: string }[] } = JSON.parse(modelDashboard);
    expect([...new Set(panels.map(({ type }) => type))].sort()).toEqual([
      "alertlist",
      "bargauge",
      "heatmap",
      "logs",
      "nodeGraph",
      "row",
      "stat",
      "state-timeline",
      "table",
      "text",
      "timeseries",
    ]);
  });
});

describe.each(lintRuleDescriptions)("the rule $name", ({ name }) => {
  it.each(badDashboards[name].map((breach) => [breach.description, breach] as const))(
    "catches %s, and no other rule does",
    (_, breach) => expect(rulesBroken(changed(modelDashboard, breach))).toEqual([name]),
  );
});

describe("the rules", () => {
  it("are the 17 of dashboard-linter, and ours", () => {
    expect(lintRuleDescriptions.filter(({ origin }) => origin === "dashboard-linter")).toHaveLength(17);
    expect(lintRuleDescriptions.map(({ name }) => name).sort()).toEqual(Object.keys(badDashboards).sort());
  });

  it("read panels in a collapsed row, and in the rows of old dashboards", () => {
    const logPanel = {
      type: "logs",
      title: "Logs",
      description: "What is said.",
      datasource: { type: "loki", uid: "${loki_datasource}" },
      targets: [{ refId: "A", expr: '{service_name="checkout"}' }],
    };
    const collapsed = set("panels[0].panels", [{ ...logPanel, id: 100, title: "" }]);
    const old = set("rows", [{ panels: [{ ...logPanel, id: 101, description: "" }] }]);
    expect(lintDashboard(changed(modelDashboard, collapsed, old)).map(({ path }) => path)).toEqual([
      "rows[0].panels[0].description",
      "panels[0].panels[0].title",
    ]);
  });

  it("say the place, what was found and what is expected", () => {
    const text = changed(modelDashboard, set(`${spans}.fieldConfig.defaults.unit`, "requests"));
    expect(lintDashboard(text)).toEqual([
      {
        code: "invalid-field",
        severity: "error",
        message: 'the panel "Spans" of "Model": has the unit "requests", which Grafana does not know (panel-units)',
        path: "panels[1].fieldConfig.defaults.unit",
        expected: "a unit of Grafana",
        example: '"reqps"',
        hint: "A panel has a unit that Grafana knows, unless it maps its values to texts.",
      },
    ]);
  });

  it.each(["", "[]", "null", "{"])("say so when %j is no dashboard at all", (text) =>
    expect(lintDashboard(text)).toEqual([
      expect.objectContaining({ code: "invalid-field", message: "the dashboard is not a JSON object" }),
    ]),
  );

  it.each([
    {},
    { panels: "none", templating: { list: [1, null] }, links: {} },
    { panels: [{ targets: [{}], gridPos: 1 }], rows: [null] },
  ])("take nothing for granted: %j", (json) => expect(lintDashboard(JSON.stringify(json)).length).toBeGreaterThan(0));
});

describe("a dashboard that somebody else wrote", () => {
  const paths = [...modelPaths(JSON.parse(modelDashboard), "")];

  it("is read whatever stands in the place of something", () =>
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const text = changed(modelDashboard, set(path, value));
        expect(() => [lintDashboard(text), lintDashboards([{ file: "a", text }])]).not.toThrow();
      }),
      { numRuns: 25 },
    ));

  it("is read however deep it is", () => {
    const deep = (key: string, open: string, close: string) =>
      `{"${key}":${open.repeat(20_000)}1${close.repeat(20_000)}}`;
    const keys = ["tags", "refresh", "uid", "schemaVersion", "time", "templating", "annotations", "panels"];
    for (const text of [
      ...keys.map((key) => deep(key, "[", "]")),
      deep("panels", '[{"panels":', "}]"),
      deep("links", '{"url":', "}"),
    ])
      expect(lintDashboard(text).length + lintDashboards([{ file: "a", text }]).length).toBeGreaterThan(0);
  });

  it("is read whatever is missing", () =>
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        expect(Array.isArray(lintDashboard(changed(modelDashboard, drop(path))))).toBe(true);
      }),
      { numRuns: 15 },
    ));

  it("is read whatever it is", () =>
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(lintDashboard(text).length).toBeGreaterThan(0);
        expect(Array.isArray(lintDashboards([{ file: "a", text }]))).toBe(true);
      }),
    ));
});

/** Every place in a JSON value. */
function* modelPaths(value: unknown, path: string): Generator<string> {
  if (path !== "") yield path;
  if (Array.isArray(value))
    for (const [index, member] of value.entries()) yield* modelPaths(member, `${path}[${index}]`);
  else if (typeof value === "object" && value !== null)
    for (const [key, member] of Object.entries(value))
      if (/^\w+$/.test(key)) yield* modelPaths(member, path === "" ? key : `${path}.${key}`);
}

describe("an exclusion", () => {
  const text = changed(modelDashboard, set(`${spans}.description`, ""));
  const rule = "panel-title-description";

  it("silences its rule for the dashboard, or for one panel", () => {
    expect(lintDashboard(text, { exclusions: [{ rule, because: "it is a test" }] })).toEqual([]);
    expect(lintDashboard(text, { exclusions: [{ rule, panel: "Spans", because: "it is a test" }] })).toEqual([]);
  });

  it("needs a reason", () =>
    expect(lintDashboard(text, { exclusions: [{ rule, because: " " }] })).toEqual([
      expect.objectContaining({
        path: "exclusions[0].because",
        message: "the exclusion of panel-title-description gives no reason",
      }),
    ]));

  it("that excludes nothing is a finding, for it would hide the next mistake", () => {
    const exclusions = [{ rule, panel: "Latency", because: "it is a test" }] as const;
    expect(lintDashboard(text, { exclusions }).map(({ message }) => message)).toEqual([
      'the panel "Spans" of "Model": has no description (panel-title-description)',
      "the exclusion of panel-title-description excludes nothing",
    ]);
  });
});
