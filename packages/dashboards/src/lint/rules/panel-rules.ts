import { isJsonObject, type JsonObject, numberAt, objectAt, objectsAt, textAt } from "../../json/json-value.ts";
import { GRID_COLUMNS } from "../../layout/place-panels.ts";
import { units } from "../../model/units.ts";
import {
  type DashboardDocument,
  dataPanels,
  ofPanel,
  type PanelDocument,
  promqlTargets,
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
      eachPanel(dashboard, ({ path, title = "", description = "" }) => [
        ...(title.trim() === ""
          ? [{ path: `${path}.title`, message: "has no title", expected: "what the panel shows, in a few words" }]
          : []),
        ...(description.trim() === ""
          ? [
              {
                path: `${path}.description`,
                message: "has no description",
                expected: "what the panel shows, and what to do when it looks wrong",
              },
            ]
          : []),
      ]),
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
    name: "panel-id",
    origin: "plinth",
    code: "duplicate-name",
    description: "A panel or row has a number of its own, from 1 on: Grafana finds no panel 0.",
    check: ({ panels }) => {
      const first = new Map<number, PanelDocument>();
      return panels.flatMap((panel) => {
        const { id, path } = panel;
        const about = { ...ofPanel(panel), path: `${path}.id` };
        if (id === undefined || !Number.isSafeInteger(id) || id < 1)
          return [{ ...about, message: `has the id ${String(id)}`, expected: "a whole number from 1 on" }];
        const earlier = first.get(id);
        if (earlier === undefined) {
          first.set(id, panel);
          return [];
        }
        return [
          {
            ...about,
            message: `has the id ${id} of ${JSON.stringify(earlier.title ?? earlier.path)}`,
            expected: "a number of its own: give one of the panels another title or id",
          },
        ];
      });
    },
  },
  {
    name: "panel-grid",
    origin: "plinth",
    code: "conflicting-fields",
    description: "Panels lie within the 24 columns and not on top of each other.",
    check: ({ json }) => gridProblems(json),
  },
  {
    name: "panel-latency-exemplars",
    origin: "plinth",
    code: "invalid-field",
    description: "A time series of quantiles carries exemplars: one click from a slow moment to its trace.",
    check: (dashboard) => {
      const quantiles = promqlTargets(dashboard).filter(
        ({ panel, expr }) => drawsExemplars.has(panel.type) && /\bhistogram_quantiles?\s*\(/.test(expr),
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

const drawsExemplars: ReadonlySet<string> = new Set(["timeseries", "heatmap"]);

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

function overrideProperties(json: JsonObject): readonly JsonObject[] {
  return objectsAt(objectAt(json, "fieldConfig"), "overrides").flatMap(([override]) =>
    objectsAt(override, "properties").map(([property]) => property),
  );
}

interface Placed {
  readonly path: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function gridProblems(json: JsonObject): readonly LintProblem[] {
  const problems: LintProblem[] = [];
  const placed: Placed[] = [];
  for (const [panel, index] of objectsAt(json, "panels")) {
    const path = `panels[${index}].gridPos`;
    const title = textAt(panel, "title") ?? "";
    const position = panel["gridPos"];
    const [x, y, w, h] = ["x", "y", "w", "h"].map((key) =>
      isJsonObject(position) ? numberAt(position, key) : undefined,
    );
    if (x === undefined || y === undefined || w === undefined || h === undefined) {
      problems.push({ path, panel: title, message: "has no place on the grid", expected: "x, y, w and h" });
      continue;
    }
    const here = { path, title, x, y, w, h };
    if (![x, y, w, h].every(Number.isInteger) || x < 0 || y < 0 || w < 1 || h < 1 || x + w > GRID_COLUMNS) {
      problems.push({
        path,
        panel: title,
        message: `lies at columns ${x} to ${x + w} and is ${h} high`,
        expected: `whole numbers within the ${GRID_COLUMNS} columns`,
      });
    }
    for (const other of placed) {
      if (x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h) {
        problems.push({
          path,
          panel: title,
          message: `lies on top of ${JSON.stringify(other.title)}`,
          expected: "a place of its own",
        });
      }
    }
    placed.push(here);
  }
  return problems;
}
