import { type JsonObject, objectAt, objectsAt, textAt } from "../../json/json-value.ts";
import { units } from "../../model/units.ts";
import {
  type DashboardDocument,
  dataPanels,
  ofPanel,
  type PanelDocument,
  promqlTargets,
  shownPanels,
  targetType,
} from "../dashboard-document.ts";
import type { LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about single panels; the first four ported from grafana/dashboard-linter 0.2.0, lint/rule_panel_*.go, and asked of every kind of panel that shows data. */
export const panelRules: readonly LintRule[] = [
  {
    name: "panel-datasource",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A panel takes its data source from a variable.",
    check: (dashboard) =>
      eachPanel(dashboard, (panel) => dataSourceProblem(dashboard, panel.dataSource, `${panel.path}.datasource`)),
  },
  {
    name: "panel-title-description",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A panel has a title and a description.",
    check: (dashboard) =>
      shownPanels(dashboard).flatMap((panel) => {
        const { path, title = "", description = "" } = panel;
        return [
          ...(title.trim() === ""
            ? [
                {
                  ...ofPanel(panel),
                  path: `${path}.title`,
                  message: "has no title",
                  expected: "what the panel shows, in a few words",
                },
              ]
            : []),
          ...(description.trim() === ""
            ? [
                {
                  ...ofPanel(panel),
                  path: `${path}.description`,
                  message: "has no description",
                  expected: "what the panel shows, and what to do when it looks wrong",
                },
              ]
            : []),
        ];
      }),
  },
  {
    name: "panel-units",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A panel has a unit that Grafana knows, unless it maps its values to texts.",
    check: (dashboard) =>
      eachPanel(dashboard, (panel) => {
        const unit = configuredUnit(panel.json);
        if (isKnownUnit(unit) || mapsValues(panel.json) || showsTexts(panel.json)) return [];
        if (unit === undefined && showsNoNumbers(dashboard, panel)) return [];
        const path = `${panel.path}.fieldConfig.defaults.unit`;
        return [
          {
            path,
            message:
              unit === undefined ? "has no unit" : `has the unit ${JSON.stringify(unit)}, which Grafana does not know`,
            expected: "a unit of Grafana",
            example: '"reqps"',
          },
        ];
      }),
  },
  {
    name: "panel-no-targets",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A panel asks at least one question.",
    check: (dashboard) =>
      eachPanel(dashboard, ({ path, targets }) =>
        targets.length > 0
          ? []
          : [{ path: `${path}.targets`, message: "has no query", expected: "at least one query" }],
      ),
  },
  {
    name: "panel-latency-exemplars",
    origin: "plinth",
    code: "invalid-field",
    description:
      "A time series of quantiles, or a heatmap, carries exemplars: one click from a slow moment to its trace.",
    check: (dashboard) => {
      const quantiles = promqlTargets(dashboard).filter(
        ({ panel, expr }) => drawsLatency.get(panel.type)?.test(expr) === true,
      );
      // One query of a panel is enough: all quantiles of a histogram have the same exemplars.
      const carried = new Set(
        quantiles.flatMap(({ panel, target }) => (target.json["exemplar"] === true ? [panel.path] : [])),
      );
      return quantiles.flatMap(({ panel, target }) => {
        if (carried.has(panel.path)) return [];
        carried.add(panel.path);
        return [
          {
            ...ofPanel(panel),
            path: `${target.path}.exemplar`,
            message: "asks for a latency without exemplars",
            expected: "true",
          },
        ];
      });
    },
  },
];

// How a query of a panel kind that can draw exemplars is told to be about a histogram.
const drawsLatency: ReadonlyMap<string, RegExp> = new Map([
  ["timeseries", /\bhistogram_quantiles?\s*\(/],
  ["heatmap", /_bucket\b|\bhistogram_quantiles?\s*\(/],
]);

function eachPanel(
  dashboard: DashboardDocument,
  check: (panel: PanelDocument) => readonly LintProblem[],
): readonly LintProblem[] {
  return dataPanels(dashboard).flatMap((panel) => check(panel).map((problem) => ({ ...ofPanel(panel), ...problem })));
}

/** Nothing when the data source is one of the dashboard's variables. */
export function dataSourceProblem(
  { templates }: DashboardDocument,
  uid: string | undefined,
  path: string,
): readonly LintProblem[] {
  const names = templates.filter(({ type }) => type === "datasource").map(({ name }) => name);
  // `-- Mixed --` and `-- Dashboard --` are Grafana's own; the targets say where the data comes from.
  if (uid !== undefined && (uid.startsWith("-- ") || names.some((name) => uid === `$${name}` || uid === `\${${name}}`)))
    return [];
  return [
    {
      path,
      message: uid === undefined ? "names no data source" : `names the data source ${JSON.stringify(uid)}`,
      expected: names.length === 0 ? "a variable" : names.map((name) => `\${${name}}`).join(" or "),
    },
  ];
}

/** The unit that an override sets, or the panel's own. */
function configuredUnit(json: JsonObject): string | undefined {
  const overridden = overrideProperties(json).find((property) => textAt(property, "id") === "unit");
  return (
    (overridden === undefined ? undefined : textAt(overridden, "value")) ??
    textAt(objectAt(objectAt(json, "fieldConfig"), "defaults"), "unit")
  );
}

function isKnownUnit(unit: string | undefined): boolean {
  // Grafana's own units: a text before or after the number, a date format, an SI or currency scale of one's own.
  return unit !== undefined && (units.has(unit) || /^(suffix|prefix|time|si|count|currency):.+$/.test(unit));
}

function mapsValues(json: JsonObject): boolean {
  const { mappings } = objectAt(objectAt(json, "fieldConfig"), "defaults");
  return (
    (Array.isArray(mappings) && mappings.length > 0) ||
    overrideProperties(json).some((property) => textAt(property, "id") === "mappings" && property["value"] != null)
  );
}

/** A stat panel that shows fields which are no numbers. */
function showsTexts(json: JsonObject): boolean {
  return (
    textAt(json, "type") === "stat" &&
    (textAt(objectAt(objectAt(json, "options"), "reduceOptions"), "fields") ?? "") !== ""
  );
}

// What shows lines, traces and graphs has numbers only where the data source itself gives them a unit.
const withoutNumbers: ReadonlySet<string> = new Set(["logs", "traces", "nodeGraph", "flamegraph"]);

/** Whether nothing in a panel needs a unit: also a table of traces, whose columns Tempo's data source describes. */
function showsNoNumbers(dashboard: DashboardDocument, panel: PanelDocument): boolean {
  if (withoutNumbers.has(panel.type)) return true;
  return (
    panel.type === "table" &&
    panel.targets.length > 0 &&
    panel.targets.every((target) => targetType(dashboard, panel, target) === "tempo")
  );
}

function overrideProperties(json: JsonObject): readonly JsonObject[] {
  return objectsAt(objectAt(json, "fieldConfig"), "overrides").flatMap(([override]) =>
    objectsAt(override, "properties").map(([property]) => property),
  );
}
