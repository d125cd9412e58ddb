import { fieldAt, isRecord, listAt, textAt } from "@plinth/core";
import { panelNumber } from "@plinth/metrics";
import { logicalId } from "../../model/logical-id.ts";
import { legacyQueryText, variableWords } from "./variable-v2.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The classic form of a dashboard of the second schema, so that what reads dashboards needs to know one form only. Of a layout of rows with grids nothing is
 * lost but the numbers of the rows, which the second schema does not have: they are made of the titles.
 *
 * @see https://github.com/grafana/grafana/blob/main/apps/dashboard/pkg/migration/conversion/v2alpha1_to_v1.go
 */
export function classicOf(uid: string, spec: unknown): Json {
  const time = fieldAt(spec, "timeSettings");
  return {
    annotations: { list: listAt(spec, "annotations").map(annotationOf) },
    description: textAt(spec, "description"),
    editable: fieldAt(spec, "editable") === true,
    graphTooltip: Math.max(0, ["Off", "Crosshair", "Tooltip"].indexOf(textAt(spec, "cursorSync"))),
    links: listAt(spec, "links"),
    panels: panelsOf(spec),
    refresh: textAt(time, "autoRefresh"),
    schemaVersion: 42,
    tags: listAt(spec, "tags"),
    templating: { list: listAt(spec, "variables").map(variableOf) },
    time: { from: textAt(time, "from"), to: textAt(time, "to") },
    timezone: textAt(time, "timezone"),
    title: textAt(spec, "title"),
    uid,
  };
}

function panelsOf(spec: unknown): readonly Json[] {
  const elements = fieldAt(spec, "elements");
  let top = 0;
  return listAt(spec, "layout", "spec", "rows").flatMap((row) => {
    const title = textAt(row, "spec", "title");
    const heading = {
      collapsed: fieldAt(row, "spec", "collapse") === true,
      gridPos: { h: 1, w: 24, x: 0, y: top },
      id: panelNumber(logicalId(title)),
      panels: [],
      title,
      type: "row",
    };
    top += 1;
    let height = 0;
    const panels = listAt(row, "spec", "layout", "spec", "items").map((item) => {
      const at = fieldAt(item, "spec");
      const [x, y, w, h] = [numberAt(at, "x"), numberAt(at, "y"), numberAt(at, "width"), numberAt(at, "height")];
      height = Math.max(height, y + h);
      return panelOf(fieldAt(elements, textAt(at, "element", "name")), { h, w, x, y: y + top });
    });
    top += height;
    return [heading, ...panels];
  });
}

function panelOf(element: unknown, gridPos: Json): Json {
  const spec = fieldAt(element, "spec");
  const group = fieldAt(spec, "data", "spec");
  const config = fieldAt(spec, "vizConfig");
  const targets = listAt(group, "queries").map((query) => targetOf(fieldAt(query, "spec")));
  const transformations = listAt(group, "transformations").map((transformation) => ({
    id: textAt(transformation, "group"),
    options: fieldAt(transformation, "spec", "options"),
  }));
  const links = listAt(spec, "links");
  const options = fieldAt(config, "spec", "options");
  const { overrides, ...defaults } = recordAt(config, "spec", "fieldConfig");
  const fieldConfig = isEmpty(overrides) && isEmpty(defaults["defaults"]) ? undefined : { ...defaults, overrides };
  const sources = [...new Map(targets.map(({ datasource }) => [JSON.stringify(datasource), datasource])).values()];
  return {
    ...(sources.length === 0
      ? {}
      : { datasource: sources.length === 1 ? sources[0] : { type: "datasource", uid: "-- Mixed --" } }),
    description: textAt(spec, "description"),
    ...(isEmpty(fieldConfig) ? {} : { fieldConfig }),
    gridPos,
    id: fieldAt(spec, "id"),
    ...(links.length === 0 ? {} : { links }),
    ...(isEmpty(options) ? {} : { options }),
    ...(targets.length === 0 ? {} : { targets }),
    title: textAt(spec, "title"),
    ...(transformations.length === 0 ? {} : { transformations }),
    type: textAt(config, "group"),
  };
}

function targetOf(query: unknown): Json & { datasource: unknown } {
  const asked = fieldAt(query, "query");
  return {
    ...recordAt(asked, "spec"),
    datasource: sourceOf(asked),
    refId: textAt(query, "refId"),
    ...(fieldAt(query, "hidden") === true ? { hide: true } : {}),
  };
}

function annotationOf(annotation: unknown): Json {
  const { query, legacyOptions: _others, ...rest } = recordAt(annotation, "spec");
  return {
    ...rest,
    ...recordAt(annotation, "spec", "legacyOptions"),
    datasource: sourceOf(query),
    target: fieldAt(query, "spec"),
  };
}

const types: ReadonlyMap<string, string> = new Map([
  ["DatasourceVariable", "datasource"],
  ["CustomVariable", "custom"],
  ["QueryVariable", "query"],
]);

function variableOf(variable: unknown): Json {
  const kind = textAt(variable, "kind");
  const { pluginId, query, hide, refresh, sort, current, options, regex, ...rest } = recordAt(variable, "spec");
  const asked = kind === "DatasourceVariable" ? pluginId : query;
  const number = (words: readonly string[], word: unknown): number => Math.max(0, words.indexOf(String(word)));
  return {
    ...rest,
    // What the second schema needs to say, and the classic one leaves out.
    ...(textAt(current, "value") === "" && !Array.isArray(fieldAt(current, "value")) ? {} : { current }),
    ...(isEmpty(options) ? {} : { options }),
    ...(regex === "" ? {} : { regex }),
    ...(hide === undefined || hide === "dontHide" ? {} : { hide: number(variableWords.hide, hide) }),
    ...(refresh === undefined || refresh === "never" ? {} : { refresh: number(variableWords.refresh, refresh) }),
    ...(sort === undefined ? {} : { sort: number(variableWords.sort, sort) }),
    ...(isRecord(asked)
      ? { datasource: sourceOf(asked), query: fieldAt(asked, "spec", legacyQueryText) ?? fieldAt(asked, "spec") }
      : { query: asked }),
    type: types.get(kind) ?? kind,
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function sourceOf(asked: unknown): Json {
  return { type: textAt(asked, "group"), uid: textAt(asked, "datasource", "name") };
}

function recordAt(value: unknown, ...path: readonly string[]): Json {
  const found = fieldAt(value, ...path);
  return isRecord(found) ? found : {};
}

function numberAt(value: unknown, key: string): number {
  const found = fieldAt(value, key);
  return typeof found === "number" ? found : 0;
}
