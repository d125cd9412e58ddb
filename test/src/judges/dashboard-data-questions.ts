import { fieldAt, listAt, textAt } from "@plinth/core";
import { dashboardsIn, filledQuery } from "@plinth/dashboards";
import type { RenderedObject } from "./rendered-tree.ts";

/** A dashboard as it lies in a rendered file. */
export interface DashboardDocument {
  readonly file: string;
  readonly title: string;
  readonly json: unknown;
}

/** Something that a dashboard asks Prometheus. */
export interface Question {
  readonly file: string;
  readonly dashboard: string;
  /** The panel, the annotation or the variable. */
  readonly place: string;
  /** As it stands there, with Grafana's variables. */
  readonly expression: string;
  readonly instant: boolean;
  /** Labels that the legend and the columns of a table name. */
  readonly labels: readonly string[];
}

/** A variable whose values Prometheus gives. */
export interface VariableQuestion {
  readonly file: string;
  readonly dashboard: string;
  readonly name: string;
  readonly selector: string;
  readonly label: string;
  /** What stands for all values; `undefined` where one is chosen. */
  readonly all?: string;
}

/** A query in another language than PromQL. */
export interface OtherQuery {
  readonly file: string;
  readonly place: string;
  readonly language: "loki" | "tempo";
  readonly text: string;
}

/** The dashboards of some objects, whichever way they reach Grafana. */
export function dashboardsOf(objects: readonly RenderedObject[]): readonly DashboardDocument[] {
  return objects.flatMap(({ file, resource }) =>
    dashboardsIn(resource).map(({ text }) => {
      const json: unknown = JSON.parse(text);
      return { file: file.path, title: textAt(json, "title"), json };
    }),
  );
}

/** Every expression of panels and annotations, in the order of the dashboard. */
export function questionsOf({ file, title, json }: DashboardDocument): readonly Question[] {
  const annotations = listAt(json, "annotations", "list").flatMap((annotation): Question[] => {
    const expression = textAt(annotation, "target", "expr") || textAt(annotation, "expr");
    const place = `the annotation ${textAt(annotation, "name")}`;
    return expression === "" || typeOf(annotation) !== "prometheus"
      ? []
      : [{ file, dashboard: title, place, expression, instant: false, labels: [] }];
  });
  const panels = panelsIn(json).flatMap((panel) => {
    const columns = columnsOf(panel);
    return listAt(panel, "targets").flatMap((target, index): Question[] => {
      const expression = textAt(target, "expr");
      if (expression === "" || typeOf(target, panel) !== "prometheus") return [];
      const legend = [...textAt(target, "legendFormat").matchAll(/\{\{ *(\w+) *\}\}/g)].map(([, label = ""]) => label);
      return [
        {
          file,
          dashboard: title,
          place: `the panel ${textAt(panel, "title")}, query ${textAt(target, "refId")}`,
          expression,
          instant: fieldAt(target, "instant") === true,
          labels: [...legend, ...(index === 0 ? columns : [])],
        },
      ];
    });
  });
  return [...annotations, ...panels];
}

/** Queries of panels to Loki and Tempo, and those of annotations. */
export function otherQueriesOf({ file, json }: DashboardDocument): readonly OtherQuery[] {
  const places = [
    ...listAt(json, "annotations", "list").map((query) => ({
      query,
      place: `the annotation ${textAt(query, "name")}`,
      language: typeOf(query),
    })),
    ...panelsIn(json).flatMap((panel) =>
      listAt(panel, "targets").map((query) => ({
        query,
        place: `the panel ${textAt(panel, "title")}`,
        language: typeOf(query, panel),
      })),
    ),
  ];
  return places.flatMap(({ query, place, language }) => {
    const text = textAt(query, "expr") || textAt(query, "query") || textAt(query, "target", "expr");
    return (language === "loki" || language === "tempo") && text !== "" ? [{ file, place, language, text }] : [];
  });
}

export function variableQuestionsOf({ file, title, json }: DashboardDocument): readonly VariableQuestion[] {
  return listAt(json, "templating", "list").flatMap((variable): VariableQuestion[] => {
    const query = textAt(variable, "query") || textAt(variable, "query", "query") || textAt(variable, "definition");
    const [, selector = "", label = ""] = /^label_values\((?:(.*), *)?(\w+)\)$/s.exec(query) ?? [];
    if (textAt(variable, "type") !== "query" || label === "") return [];
    const all = fieldAt(variable, "includeAll") === true ? textAt(variable, "allValue") || ".*" : undefined;
    return [
      {
        file,
        dashboard: title,
        name: textAt(variable, "name"),
        selector,
        label,
        ...(all === undefined ? {} : { all }),
      },
    ];
  });
}

/** What a reader chooses without Prometheus: the first of the values. */
export function choicesOf({ json }: DashboardDocument): ReadonlyMap<string, string> {
  return new Map(
    listAt(json, "templating", "list").flatMap((variable) => {
      if (!["custom", "constant", "interval", "textbox"].includes(textAt(variable, "type"))) return [];
      const value = textAt(variable, "current", "value") || textAt(variable, "options", 0, "value");
      return [[textAt(variable, "name"), value] as const];
    }),
  );
}

// https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables
const globals: ReadonlyMap<string, string> = new Map([
  ["__rate_interval", "1m"],
  ["__interval", "1m"],
  ["__interval_ms", "60000"],
  ["__range", "30m"],
  ["__range_s", "1800"],
  ["__range_ms", "1800000"],
]);

/** The expression as Grafana sends it. A variable without a value stays, and Prometheus refuses it. */
export function filled(expression: string, values: ReadonlyMap<string, string>): string {
  return filledQuery(expression, new Map([...values, ...globals]));
}

function panelsIn(json: unknown): readonly unknown[] {
  return listAt(json, "panels").flatMap((panel) => [panel, ...panelsIn(panel)]);
}

/** A question without a data source of its own asks that of its panel. */
function typeOf(query: unknown, panel?: unknown): string {
  return textAt(query, "datasource", "type") || textAt(panel, "datasource", "type");
}

/** Labels that become columns: those that a transformation keeps or renames. */
function columnsOf(panel: unknown): readonly string[] {
  return listAt(panel, "transformations").flatMap((transformation) =>
    textAt(transformation, "id") === "organize"
      ? Object.keys(Object(fieldAt(transformation, "options", "renameByName"))).filter((name) =>
          /^[a-z_][a-z0-9_]*$/.test(name),
        )
      : [],
  );
}
