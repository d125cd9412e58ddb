import type { DataTransformerConfig, Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelKind, PanelQueryKind, TransformationKind } from "@grafana/grafana-foundation-sdk/dashboardv2";
import type { Plain } from "../../grafana/grafana-types.ts";
import { isJsonObject, type JsonObject, objectAt, textAt } from "../../json/json-value.ts";

/**
 * The Grafana whose panels the options are written for. Without it Grafana takes the options for those of a panel before version 12 and rewrites them
 * (https://github.com/grafana/grafana/issues/125371).
 */
export const panelVersion = "13.3.0";

/** The version of the questions to a data source: there is none but this. */
export const queryVersion = "v0";

/** How the layout refers to a panel: links lead to `viewPanel=panel-<number>`. */
export function elementName({ id }: Pick<Panel | RowPanel, "id">): string {
  return `panel-${id ?? 0}`;
}

/** A panel as an element. */
export function panelV2(panel: Panel | RowPanel): Plain<PanelKind> {
  const json = plainJson(panel);
  const fieldConfig = objectAt(json, "fieldConfig");
  return {
    kind: "Panel",
    spec: {
      id: panel.id ?? 0,
      title: panel.title ?? "",
      description: textAt(json, "description") ?? "",
      links: listOf(json, "links").map((link) => ({
        title: textAt(link, "title") ?? "",
        url: textAt(link, "url") ?? "",
        targetBlank: link["targetBlank"] === true,
      })),
      data: {
        kind: "QueryGroup",
        spec: {
          queries: listOf(json, "targets").map(queryV2),
          transformations: "transformations" in panel ? (panel.transformations ?? []).map(transformationV2) : [],
          queryOptions: {},
        },
      },
      vizConfig: {
        kind: "VizConfig",
        group: panel.type,
        version: panelVersion,
        spec: {
          options: objectAt(json, "options"),
          fieldConfig: { defaults: objectAt(fieldConfig, "defaults"), overrides: overridesOf(fieldConfig) },
        },
      },
    },
  };
}

/** A question: what the data source reads, without what Grafana reads. */
function queryV2(target: JsonObject): Plain<PanelQueryKind> {
  const { refId: _refId, hide, datasource: _dataSource, ...spec } = target;
  return {
    kind: "PanelQuery",
    spec: { refId: textAt(target, "refId") ?? "A", hidden: hide === true, query: dataQuery(target, spec) },
  };
}

/** A question with the data source that it is for: the one that `asked` names. */
export function dataQuery(asked: JsonObject, spec: JsonObject): Plain<PanelQueryKind["spec"]["query"]> {
  const source = objectAt(asked, "datasource");
  const name = textAt(source, "uid");
  return {
    kind: "DataQuery",
    group: textAt(source, "type") ?? "",
    version: queryVersion,
    ...(name === undefined ? {} : { datasource: { name } }),
    spec,
  };
}

function transformationV2({ id, options }: DataTransformerConfig): Plain<TransformationKind> {
  return { kind: "Transformation", group: id, spec: { options } };
}

type OverridesV2 = Plain<PanelKind["spec"]["vizConfig"]["spec"]["fieldConfig"]["overrides"]>;

function overridesOf(fieldConfig: JsonObject): OverridesV2 {
  return listOf(fieldConfig, "overrides").map((override) => {
    const matcher = objectAt(override, "matcher");
    return {
      matcher: { id: textAt(matcher, "id") ?? "", options: matcher["options"] },
      properties: listOf(override, "properties").map((property) => ({
        id: textAt(property, "id") ?? "",
        value: property["value"],
      })),
    };
  });
}

function listOf(json: JsonObject, key: string): readonly JsonObject[] {
  const value = json[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** What JSON says of an object of Grafana's builders: without functions. */
export function plainJson(value: object): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(value));
  return isJsonObject(json) ? json : {};
}
