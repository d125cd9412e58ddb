import { fieldAt, listAt, parseDuration, textAt, textMapAt } from "@plinth/core";
import type {
  Display,
  PreviewAnnotation,
  PreviewDashboard,
  PreviewLink,
  PreviewPanel,
  PreviewTarget,
  PreviewVariable,
  TableShape,
  ThresholdStep,
} from "./preview-dashboard.ts";

/**
 * What a preview shows of a dashboard's classic JSON. What the JSON leaves out is as Grafana has it.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function readDashboard(json: unknown, folder: string): PreviewDashboard {
  const rangeText = textAt(json, "time", "from").replace(/^now-/, "") || "6h";
  return {
    uid: textAt(json, "uid"),
    title: textAt(json, "title"),
    description: textAt(json, "description"),
    folder,
    tags: listAt(json, "tags").map(String),
    range: (parseDuration(rangeText) ?? 21_600_000) / 1000,
    rangeText,
    variables: listAt(json, "templating", "list").map(readVariable),
    links: listAt(json, "links").map(readLink),
    annotations: listAt(json, "annotations", "list").flatMap(readAnnotation),
    panels: listAt(json, "panels").flatMap((panel) => [panel, ...listAt(panel, "panels")].map(readPanel)),
  };
}

function readVariable(json: unknown): PreviewVariable {
  const query = textAt(json, "query") || textAt(json, "query", "query") || textAt(json, "definition");
  const [, selector = "", label = ""] = /^label_values\((?:(.*), *)?(\w+)\)$/s.exec(query) ?? [];
  const type = textAt(json, "type");
  const chosen =
    fieldAt(json, "current", "value") === undefined ? fieldAt(json, "options", 0) : fieldAt(json, "current");
  const value = textAt(chosen, "value");
  return {
    name: textAt(json, "name"),
    label: textAt(json, "label") || textAt(json, "name"),
    description: textAt(json, "description"),
    // 1 hides the label only, 2 all of it, 3 puts it into a menu.
    shown: type !== "datasource" && ![2, 3].includes(numberAt(json, "hide") ?? 0),
    ...(type === "query" && label !== "" ? { values: { selector, label } } : {}),
    ...(type !== "query" && type !== "datasource" && value !== ""
      ? { chosen: { text: textAt(chosen, "text") || value, value } }
      : {}),
    ...(fieldAt(json, "includeAll") === true ? { all: textAt(json, "allValue") } : {}),
  };
}

function readLink(json: unknown): PreviewLink {
  return {
    title: textAt(json, "title"),
    url: textAt(json, "url"),
    description: textAt(json, "tooltip"),
  };
}

function readAnnotation(json: unknown): readonly PreviewAnnotation[] {
  const target = fieldAt(json, "target") ?? json;
  const read = readTarget(target, textAt(json, "datasource", "type"));
  if (read.query === "" || fieldAt(json, "enable") === false) return [];
  return [
    {
      name: textAt(json, "name"),
      colour: textAt(json, "iconColor") || "blue",
      text: textAt(json, "textFormat"),
      target: read,
    },
  ];
}

function readTarget(json: unknown, source: string): PreviewTarget {
  const type = textAt(json, "datasource", "type") || source;
  const calls = fieldAt(json, "serviceMapQuery");
  return {
    refId: textAt(json, "refId") || "A",
    source: type === "prometheus" || type === "loki" || type === "tempo" ? type : undefined,
    query: textAt(json, "expr") || textAt(json, "query"),
    legend: textAt(json, "legendFormat"),
    instant: fieldAt(json, "instant") === true,
    exemplars: fieldAt(json, "exemplar") === true,
    calls: typeof calls === "string" ? [calls] : listAt(json, "serviceMapQuery").map(String),
    limit: numberAt(json, "limit") ?? 20,
  };
}

function readPanel(json: unknown): PreviewPanel {
  const at = (key: string, otherwise: number): number => numberAt(json, "gridPos", key) ?? otherwise;
  const source = textAt(json, "datasource", "type");
  const custom = fieldAt(json, "fieldConfig", "defaults", "custom");
  const stacking = textAt(custom, "stacking", "mode");
  return {
    id: String(fieldAt(json, "id") ?? ""),
    type: textAt(json, "type"),
    title: textAt(json, "title"),
    description: textAt(json, "description"),
    place: { x: at("x", 0), y: at("y", 0), w: at("w", 24), h: at("h", 8) },
    links: listAt(json, "links").map(readLink),
    targets: listAt(json, "targets").map((target) => readTarget(target, source)),
    display: {
      unit: "short",
      thresholds: [],
      states: new Map(),
      ...readDisplay(fieldAt(json, "fieldConfig", "defaults")),
    },
    lines: {
      stacked: stacking === "normal" || stacking === "percent",
      fill: numberAt(custom, "fillOpacity") ?? 0,
      width: numberAt(custom, "lineWidth") ?? 1,
      thresholdsDrawn: !["", "off"].includes(textAt(custom, "thresholdsStyle", "mode")),
      legendShown: fieldAt(json, "options", "legend", "showLegend") !== false,
    },
    table: readTable(json),
    text: { content: textAt(json, "options", "content"), mode: textAt(json, "options", "mode") || "markdown" },
    alertMatchers: textAt(json, "options", "alertInstanceLabelFilter"),
  };
}

function readDisplay(json: unknown): Partial<Display> {
  const [decimals, min, max] = ["decimals", "min", "max"].map((key) => numberAt(json, key));
  const unit = textAt(json, "unit");
  const steps = listAt(json, "thresholds", "steps");
  const states = listAt(json, "mappings").flatMap((mapping) =>
    Object.entries(Object(fieldAt(mapping, "options"))).map(
      ([value, state]) => [value, { text: textAt(state, "text"), colour: textAt(state, "color") }] as const,
    ),
  );
  return {
    ...(unit === "" ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(steps.length === 0 ? {} : { thresholds: steps.map(readStep) }),
    ...(states.length === 0 ? {} : { states: new Map(states) }),
  };
}

function readStep(json: unknown): ThresholdStep {
  return { value: numberAt(json, "value") ?? Number.NEGATIVE_INFINITY, colour: textAt(json, "color") };
}

function readTable(json: unknown): TableShape {
  const transformation = (id: string): unknown =>
    fieldAt(
      listAt(json, "transformations").find((candidate) => textAt(candidate, "id") === id),
      "options",
    );
  const organize = transformation("organize");
  const sort = fieldAt(json, "options", "sortBy", 0);
  const columns = listAt(json, "fieldConfig", "overrides").flatMap((override) => {
    if (textAt(override, "matcher", "id") !== "byName") return [];
    const properties = Object.fromEntries(
      listAt(override, "properties").map((property) => [textAt(property, "id"), fieldAt(property, "value")]),
    );
    const coloured = textAt(properties, "custom.cellOptions", "type").startsWith("color-");
    return [[textAt(override, "matcher", "options"), { display: readDisplay(properties), coloured }] as const];
  });
  return {
    included: listAt(transformation("filterFieldsByName"), "include", "names").map(String),
    order: Object.fromEntries(
      Object.entries(Object(fieldAt(organize, "indexByName"))).map(([field, index]) => [field, Number(index)]),
    ),
    titles: textMapAt(organize, "renameByName"),
    ...(sort === undefined
      ? {}
      : { sortBy: { title: textAt(sort, "displayName"), descending: fieldAt(sort, "desc") === true } }),
    columns: new Map(columns),
  };
}

function numberAt(json: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = fieldAt(json, ...path);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
