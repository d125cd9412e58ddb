import type {
  AnnotationQuerySpec,
  CustomVariableSpec,
  Dashboard,
  DashboardLink,
  DataQueryKind,
  DatasourceVariableSpec,
  FieldConfig,
  GridLayoutItemSpec,
  PanelQuerySpec,
  PanelSpec,
  QueryGroupSpec,
  QueryVariableSpec,
  RowsLayoutRowSpec,
  TimeSettingsSpec,
  VizConfigSpec,
} from "@grafana/grafana-foundation-sdk/dashboardv2";
import { isRecord } from "@plinth/core";

/** Every field of a type of Grafana's, and whether it may be missing: the compiler refuses a table that says anything else. */
type Fields<Type> = { readonly [Key in keyof Required<Type>]: undefined extends Type[Key] ? "optional" : "needed" };

const dashboard: Fields<Dashboard> = {
  annotations: "needed",
  cursorSync: "needed",
  description: "optional",
  editable: "optional",
  elements: "needed",
  layout: "needed",
  links: "needed",
  liveNow: "optional",
  preload: "needed",
  preferences: "optional",
  revision: "optional",
  tags: "needed",
  timeSettings: "needed",
  title: "needed",
  variables: "needed",
};
const timeSettings: Fields<TimeSettingsSpec> = {
  timezone: "optional",
  from: "needed",
  to: "needed",
  autoRefresh: "needed",
  autoRefreshIntervals: "needed",
  quickRanges: "optional",
  hideTimepicker: "needed",
  weekStart: "optional",
  fiscalYearStartMonth: "needed",
  nowDelay: "optional",
};
const panel: Fields<PanelSpec> = {
  id: "needed",
  title: "needed",
  description: "optional",
  subtitle: "optional",
  links: "needed",
  data: "needed",
  vizConfig: "needed",
  transparent: "optional",
};
const queryGroup: Fields<QueryGroupSpec> = { queries: "needed", transformations: "needed", queryOptions: "needed" };
const panelQuery: Fields<PanelQuerySpec> = { query: "needed", refId: "needed", hidden: "needed" };
const dataQuery: Omit<Fields<DataQueryKind>, "spec"> = {
  kind: "needed",
  group: "needed",
  version: "needed",
  labels: "optional",
  datasource: "optional",
};
const vizConfig: Record<keyof VizConfigSpec, "needed"> = { options: "needed", fieldConfig: "needed" };
const fieldConfig: Record<keyof FieldConfig, "optional"> = {
  displayName: "optional",
  displayNameFromDS: "optional",
  description: "optional",
  path: "optional",
  writeable: "optional",
  filterable: "optional",
  unit: "optional",
  decimals: "optional",
  min: "optional",
  max: "optional",
  mappings: "optional",
  thresholds: "optional",
  color: "optional",
  links: "optional",
  actions: "optional",
  noValue: "optional",
  custom: "optional",
  fieldMinMax: "optional",
  nullValueMode: "optional",
};
const variable = {
  name: "needed",
  label: "optional",
  hide: "needed",
  skipUrlSync: "needed",
  description: "optional",
  current: "needed",
  options: "needed",
  multi: "needed",
  includeAll: "needed",
  allValue: "optional",
  allowCustomValue: "needed",
  origin: "optional",
} as const;
const queryVariable: Fields<QueryVariableSpec> = {
  ...variable,
  refresh: "needed",
  query: "needed",
  regex: "needed",
  regexApplyTo: "optional",
  sort: "needed",
  definition: "optional",
  placeholder: "optional",
  staticOptions: "optional",
  staticOptionsOrder: "optional",
};
const dataSourceVariable: Fields<DatasourceVariableSpec> = {
  ...variable,
  pluginId: "needed",
  refresh: "needed",
  regex: "needed",
};
const customVariable: Fields<CustomVariableSpec> = { ...variable, query: "needed", valuesFormat: "optional" };
const annotation: Fields<AnnotationQuerySpec> = {
  query: "needed",
  enable: "needed",
  hide: "needed",
  iconColor: "needed",
  name: "needed",
  builtIn: "optional",
  filter: "optional",
  placement: "optional",
  mappings: "optional",
  legacyOptions: "optional",
};
const link: Fields<DashboardLink> = {
  title: "needed",
  type: "needed",
  icon: "needed",
  tooltip: "needed",
  url: "optional",
  tags: "needed",
  asDropdown: "needed",
  targetBlank: "needed",
  includeVars: "needed",
  keepTime: "needed",
  placement: "optional",
  origin: "optional",
};
const row: Omit<Fields<RowsLayoutRowSpec>, "conditionalRendering"> = {
  title: "optional",
  collapse: "optional",
  hideHeader: "optional",
  fillScreen: "optional",
  repeat: "optional",
  layout: "needed",
  variables: "optional",
};
const gridItem: Fields<GridLayoutItemSpec> = {
  x: "needed",
  y: "needed",
  width: "needed",
  height: "needed",
  element: "needed",
  repeat: "optional",
};

type Table = Readonly<Record<string, "optional" | "needed">>;

/** What stands at a path of a dashboard: `*` is any member of a list or a map, `kind=` a thing of that kind. */
const tables: readonly { readonly at: string; readonly kind?: string; readonly fields: Table }[] = [
  { at: "", fields: dashboard },
  { at: "timeSettings", fields: timeSettings },
  { at: "links.*", fields: link },
  { at: "annotations.*.spec", fields: annotation },
  { at: "annotations.*.spec.query", fields: { ...dataQuery, spec: "needed" } },
  { at: "elements.*.spec", fields: panel },
  { at: "elements.*.spec.data.spec", fields: queryGroup },
  { at: "elements.*.spec.data.spec.queries.*.spec", fields: panelQuery },
  { at: "elements.*.spec.data.spec.queries.*.spec.query", fields: { ...dataQuery, spec: "needed" } },
  { at: "elements.*.spec.vizConfig.spec", fields: vizConfig },
  { at: "elements.*.spec.vizConfig.spec.fieldConfig.defaults", fields: fieldConfig },
  { at: "layout.spec.rows.*.spec", fields: row },
  { at: "layout.spec.rows.*.spec.layout.spec.items.*.spec", fields: gridItem },
  { at: "variables.*", kind: "QueryVariable", fields: queryVariable },
  { at: "variables.*", kind: "DatasourceVariable", fields: dataSourceVariable },
  { at: "variables.*", kind: "CustomVariable", fields: customVariable },
];

/** Fields that Grafana's types of the second schema do not have, and needed ones that are missing. */
export function strictProblems(spec: unknown): string[] {
  return tables.flatMap(({ at, kind, fields }) =>
    placesAt(spec, at === "" ? [] : at.split("."), "").flatMap(([place, found]): string[] => {
      if (kind !== undefined && (!isRecord(found) || found["kind"] !== kind)) return [];
      const value = kind === undefined ? found : isRecord(found) ? found["spec"] : undefined;
      if (!isRecord(value)) return [`${place} is no object`];
      return [
        ...Object.keys(value).flatMap((key) => (key in fields ? [] : [`${place}.${key} is not a field`])),
        ...Object.entries(fields).flatMap(([key, need]) =>
          need === "needed" && value[key] === undefined ? [`${place}.${key} is missing`] : [],
        ),
      ];
    }),
  );
}

function placesAt(value: unknown, path: readonly string[], place: string): (readonly [string, unknown])[] {
  const [step, ...rest] = path;
  if (step === undefined) return [[place, value]];
  const members = Array.isArray(value) ? Object.entries(value) : isRecord(value) ? Object.entries(value) : [];
  if (step === "*") return members.flatMap(([key, member]) => placesAt(member, rest, `${place}.${key}`));
  return members.flatMap(([key, member]) => (key === step ? placesAt(member, rest, `${place}.${key}`) : []));
}
