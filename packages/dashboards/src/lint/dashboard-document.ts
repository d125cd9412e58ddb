import { type JsonObject, numberAt, objectAt, objectsAt, textAt } from "../json/json-value.ts";

/** What the rules read of a dashboard's JSON. Whoever wrote it, nothing in it is taken for granted. */
export interface DashboardDocument {
  readonly json: JsonObject;
  /** Size of the text in bytes. */
  readonly bytes: number;
  readonly uid?: string;
  readonly title?: string;
  readonly description?: string;
  readonly templates: readonly TemplateDocument[];
  /** Rows and panels in the order of the file; those within a collapsed row come after it. */
  readonly panels: readonly PanelDocument[];
  /** Those that somebody made: Grafana's own marks are left out. */
  readonly annotations: readonly AnnotationDocument[];
}

/** Marks on every panel. */
export interface AnnotationDocument {
  readonly path: string;
  readonly json: JsonObject;
  readonly name?: string;
  readonly dataSource?: string;
  readonly dataSourceType?: string;
  /** The question, and where it stands. */
  readonly expr?: string;
  readonly exprPath: string;
}

export interface TemplateDocument {
  readonly path: string;
  readonly json: JsonObject;
  readonly name: string;
  readonly type: string;
  /** The query's text, whether it stands alone or in an object. */
  readonly query?: string;
}

export interface PanelDocument {
  readonly path: string;
  readonly json: JsonObject;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly id?: number;
  readonly dataSource?: string;
  readonly targets: readonly TargetDocument[];
}

export interface TargetDocument {
  readonly path: string;
  readonly json: JsonObject;
  readonly refId?: string;
  /** The question: PromQL or LogQL, and TraceQL of Tempo. */
  readonly expr?: string;
  /** Uid and type of the target's own data source. */
  readonly dataSource?: string;
  readonly dataSourceType?: string;
}

/** The dashboard in a JSON object, as the rules read it. */
export function dashboardDocument(json: JsonObject, bytes: number): DashboardDocument {
  return {
    json,
    bytes,
    ...optional("uid", textAt(json, "uid")),
    ...optional("title", textAt(json, "title")),
    ...optional("description", textAt(json, "description")),
    templates: objectsAt(objectAt(json, "templating"), "list").map(([template, index]) =>
      templateDocument(template, `templating.list[${index}]`),
    ),
    annotations: objectsAt(objectAt(json, "annotations"), "list").flatMap(([annotation, index]) =>
      annotation["builtIn"] === 1 ? [] : [annotationDocument(annotation, `annotations.list[${index}]`)],
    ),
    // Dashboards from before Grafana 5 keep their panels in rows.
    panels: [
      ...objectsAt(json, "rows").flatMap(([row, index]) => panelsIn(row, `rows[${index}].`)),
      ...panelsIn(json, ""),
    ],
  };
}

function annotationDocument(json: JsonObject, path: string): AnnotationDocument {
  // Before Grafana 8 the question stood beside the name.
  const target = objectAt(json, "target");
  const expr = textAt(target, "expr") ?? textAt(target, "query");
  return {
    path,
    json,
    exprPath: expr === undefined ? `${path}.expr` : `${path}.target.expr`,
    ...optional("name", textAt(json, "name")),
    ...optional("dataSource", dataSourceUid(json)),
    ...optional("dataSourceType", textAt(objectAt(json, "datasource"), "type")),
    ...optional("expr", expr ?? textAt(json, "expr")),
  };
}

function templateDocument(json: JsonObject, path: string): TemplateDocument {
  const query = textAt(json, "query") ?? textAt(objectAt(json, "query"), "query");
  return {
    path,
    json,
    name: textAt(json, "name") ?? "",
    type: textAt(json, "type") ?? "",
    ...optional("query", query),
  };
}

/** Grafana knows panels within rows, and nothing deeper. */
function panelsIn(json: JsonObject, prefix: string): PanelDocument[] {
  return objectsAt(json, "panels").flatMap(([panel, index]) => {
    const path = `${prefix}panels[${index}]`;
    const inner = objectsAt(panel, "panels").map(([member, place]) =>
      panelDocument(member, `${path}.panels[${place}]`),
    );
    return [panelDocument(panel, path), ...inner];
  });
}

function panelDocument(json: JsonObject, path: string): PanelDocument {
  return {
    path,
    json,
    type: textAt(json, "type") ?? "",
    ...optional("title", textAt(json, "title")),
    ...optional("description", textAt(json, "description")),
    ...optional("id", numberAt(json, "id")),
    ...optional("dataSource", dataSourceUid(json)),
    targets: objectsAt(json, "targets").map(([target, index]) => targetDocument(target, `${path}.targets[${index}]`)),
  };
}

function targetDocument(json: JsonObject, path: string): TargetDocument {
  return {
    path,
    json,
    ...optional("refId", textAt(json, "refId")),
    ...optional("expr", textAt(json, "expr") ?? textAt(json, "query")),
    ...optional("dataSource", dataSourceUid(json)),
    ...optional("dataSourceType", textAt(objectAt(json, "datasource"), "type")),
  };
}

/** Older dashboards write the data source as text, newer ones as an object. */
export function dataSourceUid(json: JsonObject): string | undefined {
  return textAt(json, "datasource") ?? textAt(objectAt(json, "datasource"), "uid");
}

// What a panel shows that asks no data source.
const panelsWithoutQueries: ReadonlySet<string> = new Set([
  "row",
  "text",
  "dashlist",
  "news",
  "alertlist",
  "annolist",
  "welcome",
]);

/** Panels that show data: those that need a description, a unit and a query. */
export function dataPanels({ panels }: DashboardDocument): readonly PanelDocument[] {
  return panels.filter(({ type }) => !panelsWithoutQueries.has(type));
}

/** Everything but rows: what has a title of its own to the reader. */
export function shownPanels({ panels }: DashboardDocument): readonly PanelDocument[] {
  return panels.filter(({ type }) => type !== "row");
}

/** A query with its panel. */
export interface DashboardQuery {
  readonly panel: PanelDocument;
  readonly target: TargetDocument;
  readonly expr: string;
}

/** Every query for Prometheus. A query without a data source of its own takes the panel's. */
export function promqlTargets(dashboard: DashboardDocument): readonly DashboardQuery[] {
  return targetsOf(dashboard, "prometheus");
}

/** Every query for Loki. */
export function logqlTargets(dashboard: DashboardDocument): readonly DashboardQuery[] {
  return targetsOf(dashboard, "loki");
}

/** Every search of Tempo: what asks for the service map, for one trace, or by the editor's fields has no TraceQL. */
export function traceqlTargets(dashboard: DashboardDocument): readonly DashboardQuery[] {
  return targetsOf(dashboard, "tempo").filter(({ target }) => textAt(target.json, "queryType") === "traceql");
}

/** The part of a problem that names its panel. */
export function ofPanel({ title }: PanelDocument): { panel?: string } {
  return title === undefined ? {} : { panel: title };
}

function targetsOf(dashboard: DashboardDocument, type: "prometheus" | "loki" | "tempo"): readonly DashboardQuery[] {
  return dataPanels(dashboard).flatMap((panel) =>
    panel.targets.flatMap((target) =>
      targetType(dashboard, panel, target) === type ? [{ panel, target, expr: target.expr ?? "" }] : [],
    ),
  );
}

/** The type of the data source that a query asks. */
export function targetType(
  dashboard: DashboardDocument,
  panel: PanelDocument,
  target: TargetDocument,
): string | undefined {
  return (
    target.dataSourceType ??
    textAt(objectAt(panel.json, "datasource"), "type") ??
    dashboard.templates.find(({ type }) => type === "datasource")?.query
  );
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [Name in Key]?: Value } {
  const result: { [Name in Key]?: Value } = {};
  if (value !== undefined) result[key] = value;
  return result;
}
