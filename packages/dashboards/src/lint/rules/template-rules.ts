import { type Finding, nearestName } from "@plinth/core";
import { numberAt, quotedValue, textAt } from "../../json/json-value.ts";
import { type DashboardDocument, dataSourceUid, type TemplateDocument } from "../dashboard-document.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about the choices at the top, ported from grafana/dashboard-linter 0.2.0, lint/rule_template_*.go. */
export const templateRules: readonly LintRule[] = [
  {
    name: "template-datasource",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "The data source is a variable, named and labelled after its type.",
    check: ({ templates }) => {
      const dataSources = templates.filter(({ type }) => type.toLowerCase() === "datasource");
      if (dataSources.length === 0)
        return [
          {
            path: "templating.list",
            message: "has no variable for the data source",
            expected: "a variable of the type datasource",
          },
        ];
      return dataSources.flatMap((template) => dataSourceProblems(template, dataSources.length === 1));
    },
  },
  {
    name: "template-job",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A variable named job chooses the scrape job.",
    check: (dashboard) => chooserProblems(dashboard, "job", "Job"),
  },
  {
    name: "template-instance",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A variable named instance chooses the instance.",
    check: (dashboard) => chooserProblems(dashboard, "instance", "Instance"),
  },
  {
    name: "template-label-promql",
    origin: "dashboard-linter",
    code: "invalid-expression",
    description: "A variable's query is label_values, label_names, metrics or query_result of PromQL that parses.",
    check: (dashboard, context) => [
      ...queryProblems(dashboard),
      ...templatePromqlProblems(dashboard, context, "invalid-expression"),
    ],
  },
  {
    name: "template-on-time-change-reload",
    origin: "dashboard-linter",
    code: "invalid-field",
    description: "A variable's values are asked for again when the time range changes.",
    check: (dashboard) =>
      queryTemplates(dashboard)
        .filter(({ json }) => numberAt(json, "refresh") !== 2)
        .map(({ path, name, json }) => ({
          path: `${path}.refresh`,
          message: `the variable ${name} has refresh ${quotedValue(json["refresh"])}`,
          expected: "2: on time range change",
        })),
  },
];

// https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/
const variableFunctions: ReadonlySet<string> = new Set(["label_names", "label_values", "metrics", "query_result"]);

/** The function that a variable's query calls, with its argument as text. */
function variableCall({ query = "" }: TemplateDocument): { name: string; argument: string } | undefined {
  const [, name, argument] = /^([a-z_]+)\((.*)\)$/s.exec(query.trim()) ?? [];
  return name === undefined || argument === undefined || !variableFunctions.has(name) ? undefined : { name, argument };
}

function prometheusTemplates(dashboard: DashboardDocument): readonly TemplateDocument[] {
  return readsPrometheus(dashboard) ? queryTemplates(dashboard) : [];
}

function queryProblems(dashboard: DashboardDocument): readonly LintProblem[] {
  return prometheusTemplates(dashboard)
    .filter((template) => variableCall(template) === undefined)
    .map(({ path, name, query = "" }) => ({
      path: `${path}.query`,
      message: `the variable ${name} asks ${JSON.stringify(query)}`,
      expected: `one of ${[...variableFunctions].join(", ")}`,
      example: 'label_values(up{job="api"}, instance)',
    }));
}

/** What the catalogue and the grammar say of the variables' queries: findings of one code, so that each rule has its own. */
export function templatePromqlProblems(
  dashboard: DashboardDocument,
  { promqlFindings, labelsOf }: LintContext,
  code: Finding["code"],
): readonly LintProblem[] {
  return prometheusTemplates(dashboard).flatMap((template) => {
    const call = variableCall(template);
    const expression = call === undefined ? undefined : promqlArgument(call);
    if (expression === undefined) return [];
    const path = `${template.path}.query`;
    const found = promqlFindings(expression)
      .filter((finding) => finding.code === code)
      .map(({ message }) => ({ path, message: `the variable ${template.name}: ${message}` }));
    const label = found.length > 0 || code !== "unknown-reference" ? undefined : labelArgument(call);
    const labels = label === undefined ? undefined : labelsOf(expression);
    if (label === undefined || labels === undefined || labels.has(label) || label.includes("$")) return found;
    const expected = nearestName(label, [...labels]);
    return [
      {
        path,
        message: `the variable ${template.name}: ${expression} has no label ${JSON.stringify(label)}`,
        expected: expected ?? `one of ${[...labels].sort().join(", ")}`,
      },
    ];
  });
}

/** The label whose values `label_values` gives. */
function labelArgument(call: { name: string; argument: string } | undefined): string | undefined {
  return call?.name === "label_values" ? call.argument.slice(call.argument.lastIndexOf(",") + 1).trim() : undefined;
}

/** The PromQL in a function's argument: `label_values` names a label last, and perhaps only that; the others but `query_result` take a pattern. */
function promqlArgument({ name, argument }: { name: string; argument: string }): string | undefined {
  if (name === "query_result") return argument;
  const comma = argument.lastIndexOf(",");
  return name === "label_values" && comma !== -1 ? argument.slice(0, comma) : undefined;
}

const titled = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();

function dataSourceProblems({ path, json, name, query = "" }: TemplateDocument, only: boolean): readonly LintProblem[] {
  const names = [`${query.toLowerCase()}_datasource`, ...(only ? ["datasource"] : [])];
  const labels = [`${titled(query)} data source`, ...(only ? ["Data source"] : [])];
  const label = textAt(json, "label") ?? "";
  return [
    ...(names.includes(name)
      ? []
      : [
          {
            path: `${path}.name`,
            message: `the data source's variable is named ${JSON.stringify(name)}`,
            expected: names.join(" or "),
          },
        ]),
    ...(labels.includes(label)
      ? []
      : [
          {
            path: `${path}.label`,
            message: `the data source's variable is labelled ${JSON.stringify(label)}`,
            expected: labels.join(" or "),
          },
        ]),
  ];
}

function queryTemplates({ templates }: DashboardDocument): readonly TemplateDocument[] {
  return templates.filter(({ type }) => type === "query");
}

/** Whether Prometheus is what the dashboard is about: its first data source variable says so. */
export function readsPrometheus({ templates }: DashboardDocument): boolean {
  return templates.find(({ type }) => type === "datasource")?.query === "prometheus";
}

function chooserProblems(dashboard: DashboardDocument, name: string, label: string): readonly LintProblem[] {
  if (!readsPrometheus(dashboard)) return [];
  const template = dashboard.templates.find((candidate) => candidate.name === name);
  if (template === undefined)
    return [
      { path: "templating.list", message: `has no variable ${name}`, expected: `a variable that chooses the ${name}` },
    ];
  const { path, json, type } = template;
  const uid = (dataSourceUid(json) ?? "").replace(/^\$\{?(\w+)\}?$/, "$1");
  const expectations: readonly (readonly [field: string, holds: boolean, expected: string])[] = [
    ["datasource", uid === "datasource" || uid === "prometheus_datasource", "the dashboard's data source variable"],
    ["type", type === "query", "query"],
    ["label", textAt(json, "label") === label, label],
    ["multi", json["multi"] === true, "true: several may be chosen"],
    ["allValue", textAt(json, "allValue") === ".+", ".+"],
  ];
  return expectations.flatMap(([field, holds, expected]) =>
    holds
      ? []
      : [
          {
            path: `${path}.${field}`,
            message: `the variable ${name} has ${field} ${quotedValue(json[field])}`,
            expected,
          },
        ],
  );
}
