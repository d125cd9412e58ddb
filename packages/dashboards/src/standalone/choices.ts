import { metric, printPromqlLine, select, spanMetrics } from "@plinth/metrics";
import type { Annotation, Dashboard, LabelVariable, Panel, Query, Row, UrlLink, Variable } from "../model/dashboard.ts";
import { labelVariable } from "../model/variable.ts";
import type { DescribedServiceOptions } from "./described-service.ts";

/** What stands in texts where the reader is to choose: names that the model takes, and that nobody gives. */
export const placeholders = { environment: "chosen-env", namespace: "chosen-ns" } as const;

/** The dashboard with variables where nobody said which environment and which namespace it is about. */
export function withChoices(dashboard: Dashboard, service: string, options: DescribedServiceOptions): Dashboard {
  const { annotations = [] } = dashboard;
  const rows = dashboard.rows.map(chosenRow);
  const chosen = { rows, annotations: annotations.map(chosenAnnotation), links: dashboard.links };
  const asked = JSON.stringify(chosen);
  const variables = choicesOf(service, options).filter(({ name }) => asked.includes(`$${name}`));
  const [first, ...others] = rows;
  return {
    ...dashboard,
    ...chosen,
    // They are the dashboard's: the queries of the row's own variables hold them.
    rows: first === undefined ? [] : [{ ...first, variables: [...variables, ...first.variables] }, ...others],
  };
}

function choicesOf(service: string, { environment, namespace }: DescribedServiceOptions): readonly LabelVariable[] {
  const spans = select(spanMetrics.calls, { service_name: service });
  const pods = select(metric("kube_pod_labels"), { label_app_kubernetes_io_name: service });
  return [
    ...(environment === undefined
      ? [
          labelVariable("Environment", printPromqlLine(spans), spanMetrics.labels.environment, {
            description: "The environment that the panels are about.",
            single: true,
          }),
        ]
      : []),
    ...(namespace === undefined
      ? [
          labelVariable("Namespace", printPromqlLine(pods), "namespace", {
            description: "Where the service's pods run.",
            single: true,
          }),
        ]
      : []),
  ];
}

function chosenRow(row: Row): Row {
  return { ...row, panels: row.panels.map(chosenPanel), variables: row.variables.map(chosenVariable) };
}

function chosenPanel(panel: Panel): Panel {
  return { ...panel, queries: panel.queries.map(chosenQuery), links: panel.links.map(chosenLink) };
}

function chosenQuery<Asked extends Query>(query: Asked): Asked {
  return "traceql" in query
    ? { ...query, traceql: chosenText(query.traceql) }
    : { ...query, expr: chosenText(query.expr) };
}

function chosenAnnotation(annotation: Annotation): Annotation {
  return { ...annotation, query: chosenQuery(annotation.query) };
}

function chosenVariable(variable: Variable): Variable {
  return variable.kind === "label" ? { ...variable, selector: chosenText(variable.selector) } : variable;
}

function chosenLink(link: UrlLink): UrlLink {
  return {
    ...link,
    url: link.url
      .replaceAll(placeholders.environment, "${environment}")
      .replaceAll(placeholders.namespace, "${namespace}"),
  };
}

/** Rules of a service that stands alone say their environment only where it was said to them: without the label is as good as with it. */
function chosenText(query: string): string {
  return query
    .replaceAll(new RegExp(`\\benvironment="${placeholders.environment}"`, "g"), 'environment=~"($environment)?"')
    .replaceAll(placeholders.environment, "$environment")
    .replaceAll(placeholders.namespace, "$namespace");
}
