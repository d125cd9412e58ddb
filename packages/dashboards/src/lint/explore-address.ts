import { isJsonObject, type JsonObject, objectAt, objectsAt, textAt } from "../json/json-value.ts";

/** A query that a link opens Explore with. */
export interface ExploreQuery {
  /** Of the data source: `loki`. */
  readonly type: string;
  readonly query: string;
}

/**
 * The queries of an address of Explore, of today's form (`panes`) or that of before Grafana 10 (`left`); nothing when it is another page's.
 *
 * @see https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 */
export function exploreQueries(address: string): readonly ExploreQuery[] | "unreadable" | undefined {
  const [, search = ""] = /^\/explore\b[^?]*\?(.*)$/s.exec(address) ?? [];
  const parameters = search.split("&").map((pair) => pair.split(/=(.*)/s));
  const panes = parameters.find(([name]) => name === "panes" || name === "left")?.[1];
  if (panes === undefined) return undefined;
  const json = decoded(panes);
  if (json === undefined) return "unreadable";
  const paneList = Array.isArray(json["queries"]) ? [json] : Object.keys(json).map((name) => objectAt(json, name));
  return paneList.flatMap((pane) => objectsAt(pane, "queries").flatMap(([query]) => queryOf(query, pane)));
}

function queryOf(query: JsonObject, pane: JsonObject): ExploreQuery[] {
  const text = textAt(query, "expr") ?? textAt(query, "query");
  // Links from before Grafana 9 name the data source alone; by convention the variable is called after the type.
  const uid = textAt(objectAt(query, "datasource"), "uid") ?? textAt(pane, "datasource") ?? "";
  const type = textAt(objectAt(query, "datasource"), "type") ?? /^\$\{(\w+)_datasource\}$/.exec(uid)?.[1];
  return text === undefined || type === undefined ? [] : [{ type, query: text }];
}

/** Grafana fills in variables before it decodes; their names are no part of the encoding. */
function decoded(panes: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(decodeURIComponent(panes.replaceAll("+", " ")));
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
