import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { ChoiceVariable, DataSourceVariable, LabelVariable, Variable } from "../model/dashboard.ts";
import { variableName } from "../model/variable.ts";
import { dataSourceReference } from "./data-source.ts";

/** Anything that builds a variable. */
export interface VariableBuilder {
  build(): VariableModel;
}

export function variableBuilder(variable: Variable): VariableBuilder {
  switch (variable.kind) {
    case "data-source":
      return dataSourceVariable(variable);
    case "label":
      return labelVariable(variable);
    case "choice":
      return choiceVariable(variable);
  }
}

const titles: Readonly<Record<DataSourceVariable["type"], string>> = {
  prometheus: "Prometheus data source",
  loki: "Loki data source",
  tempo: "Tempo data source",
};

function dataSourceVariable(variable: DataSourceVariable): VariableBuilder {
  // A reader seldom changes it: it stands in the menu, not above the panels.
  return new DatasourceVariableBuilder(variableName(variable))
    .label(titles[variable.type])
    .type(variable.type)
    .hide(VariableHide.InControlsMenu);
}

function labelVariable(variable: LabelVariable): VariableBuilder {
  const definition = `label_values(${variable.selector}, ${variable.label})`;
  const builder = new QueryVariableBuilder(variable.name)
    .label(variable.title)
    .description(variable.description)
    .datasource(dataSourceReference("prometheus"))
    .definition(definition)
    .query(definition)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (variable.single === true) return builder.multi(false).includeAll(false);
  return (
    builder
      .multi(true)
      .includeAll(true)
      .allValue(".+")
      // Without it Grafana begins with the first value instead of all.
      .current({ text: ["All"], value: ["$__all"] })
  );
}

function choiceVariable({ name, title, description, values }: ChoiceVariable): VariableBuilder {
  const builder = new CustomVariableBuilder(name)
    .label(title)
    .description(description)
    .multi(false)
    .includeAll(false)
    .values(values.map(customValue).join(", "))
    .options(values.map(({ text, value }, index) => ({ text, value, selected: index === 0 })));
  const [first] = values;
  return first === undefined ? builder : builder.current({ ...first, selected: true });
}

/** Commas part the values, and blanks around a colon its text from its value, unless a backslash stands before. */
function customValue({ text, value }: ChoiceVariable["values"][number]): string {
  const written = (part: string): string => part.replaceAll(",", "\\,");
  return text === value ? written(value) : `${written(text)} : ${written(value)}`;
}
