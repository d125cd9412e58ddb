import type { ChoiceVariable, DataSourceType, DataSourceVariable, LabelVariable, Variable } from "./dashboard.ts";
import { logicalId } from "./logical-id.ts";

/** Lets the reader choose the data source of a type, and the dashboard run in every Grafana. */
export function dataSource(type: DataSourceType): DataSourceVariable {
  return { kind: "data-source", type };
}

/**
 * Lets the reader choose values of a label; all are chosen to begin with, or the first one where only one can be chosen.
 *
 * @param title What the reader sees, and in small letters the variable's name.
 * @param selector The series whose label is read, as a PromQL selector.
 * @example
 * labelVariable("Route", "loyalty_requests_total", "route", { description: "Only these routes." });
 */
export function labelVariable(
  title: string,
  selector: string,
  label: string,
  options: { readonly description: string; readonly single?: boolean },
): LabelVariable {
  return {
    kind: "label",
    name: logicalId(title).replaceAll("-", "_"),
    title,
    description: options.description,
    selector,
    label,
    ...(options.single === true ? { single: true } : {}),
  };
}

/**
 * Lets the reader choose one of a few texts, the first to begin with.
 *
 * @param title What the reader sees, and in small letters the variable's name.
 * @param values Texts, or what the reader sees with what stands in the query.
 * @example
 * choice("Quantile", [{ text: "p95", value: "0.95" }, { text: "p99", value: "0.99" }], { description: "How slow the slowest may be." });
 */
export function choice(
  title: string,
  values: readonly (string | ChoiceVariable["values"][number])[],
  options: { readonly description: string },
): ChoiceVariable {
  return {
    kind: "choice",
    name: logicalId(title).replaceAll("-", "_"),
    title,
    description: options.description,
    values: values.map((value) => (typeof value === "string" ? { text: value, value } : value)),
  };
}

/** The name by which queries and links refer to a variable. dashboard-linter expects a data source's to be called this. */
export function variableName(variable: Variable): string {
  return variable.kind === "data-source" ? `${variable.type}_datasource` : variable.name;
}
