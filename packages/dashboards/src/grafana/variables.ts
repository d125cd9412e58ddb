import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { DataSourceVariable, LabelVariable, Variable } from "../model/dashboard.ts";
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
  return (
    new QueryVariableBuilder(variable.name)
      .label(variable.title)
      .description(variable.description)
      .datasource(dataSourceReference("prometheus"))
      .definition(definition)
      .query(definition)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      .allValue(".+")
      // Without it Grafana begins with the first value instead of all.
      .current({ text: ["All"], value: ["$__all"] })
  );
}
