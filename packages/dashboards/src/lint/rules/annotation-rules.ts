import { textAt } from "../../json/json-value.ts";
import type { AnnotationDocument, DashboardDocument } from "../dashboard-document.ts";
import type { LintProblem, LintRule } from "../lint-rule.ts";
import { dataSourceProblem } from "./panel-rules.ts";

/** Rules about marks on panels; what their queries ask is the rules' of queries. */
export const annotationRules: readonly LintRule[] = [
  {
    name: "annotation-query",
    origin: "plinth",
    code: "invalid-field",
    description: "An annotation has a name of its own, a query to a data source that is a variable, and a text.",
    check: (dashboard) => {
      const names = new Set<string>();
      return dashboard.annotations.flatMap((annotation) => {
        const { path, name = "" } = annotation;
        const again = names.has(name);
        names.add(name);
        return [
          ...(name.trim() === ""
            ? [
                {
                  path: `${path}.name`,
                  message: "has an annotation without a name",
                  expected: "what the reader turns on and off",
                },
              ]
            : []),
          ...(again && name.trim() !== ""
            ? [{ path: `${path}.name`, message: `has two annotations named ${name}`, expected: "a name for each" }]
            : []),
          ...annotationProblems(dashboard, annotation),
        ];
      });
    },
  },
];

// Data sources whose annotations are not asked for by a query.
const withoutQuery: ReadonlySet<string> = new Set(["grafana", "datasource"]);

function annotationProblems(
  dashboard: DashboardDocument,
  { path, json, name = "", dataSource, dataSourceType = "", expr = "", exprPath }: AnnotationDocument,
): readonly LintProblem[] {
  if (withoutQuery.has(dataSourceType)) return [];
  return [
    ...dataSourceProblem(dashboard, dataSource, `${path}.datasource`).map((problem) => ({
      ...problem,
      message: `the annotation ${name} ${problem.message}`,
    })),
    ...(expr.trim() === ""
      ? [{ path: exprPath, message: `the annotation ${name} asks nothing`, expected: "a query" }]
      : []),
    ...((textAt(json, "textFormat") ?? textAt(json, "titleFormat") ?? "").trim() === ""
      ? [
          {
            path: `${path}.textFormat`,
            message: `the annotation ${name} says nothing`,
            expected: "a text with {{label}}",
          },
        ]
      : []),
  ];
}
