import type { VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { VariableKind, VariableOption } from "@grafana/grafana-foundation-sdk/dashboardv2";
import type { Plain } from "../../grafana/grafana-types.ts";
import { dataQuery, plainJson } from "./panel-v2.ts";

/** The words for the classic schema's numbers, each at its place. */
export const variableWords = {
  hide: ["dontHide", "hideLabel", "hideVariable", "inControlsMenu"],
  refresh: ["never", "onDashboardLoad", "onTimeRangeChanged"],
  sort: [
    "disabled",
    "alphabeticalAsc",
    "alphabeticalDesc",
    "numericalAsc",
    "numericalDesc",
    "alphabeticalCaseInsensitiveAsc",
    "alphabeticalCaseInsensitiveDesc",
    "naturalAsc",
    "naturalDesc",
  ],
} as const;

/** Where Grafana keeps a variable's question that is a text: its second schema takes objects only. */
export const legacyQueryText = "__legacyStringValue";

/** A variable; none for a type that Plinth does not write. */
export function variableV2(variable: VariableModel): readonly Plain<VariableKind>[] {
  const { name, label, description, query, current, definition, allValue } = variable;
  const named = {
    name,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
    hide: variableWords.hide[variable.hide ?? 0],
    skipUrlSync: variable.skipUrlSync ?? false,
  };
  const chosen = {
    current: option(current),
    options: (variable.options ?? []).map((each) => ({ ...option(each), selected: each.selected ?? false })),
    multi: variable.multi ?? false,
    includeAll: variable.includeAll ?? false,
    ...(allValue === undefined ? {} : { allValue }),
    allowCustomValue: variable.allowCustomValue ?? true,
  };
  const text = typeof query === "string" ? query : "";
  const refresh = variableWords.refresh[variable.refresh ?? 0];
  const regex = variable.regex ?? "";
  switch (variable.type) {
    case "datasource":
      return [{ kind: "DatasourceVariable", spec: { ...named, ...chosen, pluginId: text, refresh, regex } }];
    case "custom":
      return [{ kind: "CustomVariable", spec: { ...named, ...chosen, query: text } }];
    case "query": {
      const spec = {
        ...named,
        ...chosen,
        ...(definition === undefined ? {} : { definition }),
        query: dataQuery(plainJson(variable), typeof query === "object" ? query : { [legacyQueryText]: text }),
        refresh,
        regex,
        sort: variableWords.sort[variable.sort ?? 0],
      };
      return [{ kind: "QueryVariable", spec }];
    }
    default:
      return [];
  }
}

type OptionV2 = Plain<VariableOption>;

function option(given: VariableModel["current"]): OptionV2 {
  const { text = "", value = "", selected } = given ?? {};
  return { text, value, ...(selected === undefined ? {} : { selected }) };
}
