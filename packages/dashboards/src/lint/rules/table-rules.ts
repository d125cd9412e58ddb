import { nearestName } from "@plinth/core";
import { type JsonObject, objectAt, objectsAt, textAt, textsIn } from "../../json/json-value.ts";
import { type DashboardDocument, dataPanels, ofPanel, type PanelDocument, targetType } from "../dashboard-document.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about tables that are made of several queries. */
export const tableRules: readonly LintRule[] = [
  {
    name: "panel-columns",
    origin: "plinth",
    code: "unknown-reference",
    description:
      "A table's columns, their sorting and their overrides are of its queries and of labels that they give.",
    check: (dashboard, context) =>
      dataPanels(dashboard).flatMap((panel) =>
        panel.type !== "table"
          ? []
          : columnProblems(dashboard, panel, context).map((problem) => ({ ...ofPanel(panel), ...problem })),
      ),
  },
];

// Transformations that keep the names of columns, or give new ones that can be read.
const readable: ReadonlySet<string> = new Set(["merge", "filterFieldsByName", "organize", "sortBy", "limit"]);

function columnProblems(
  dashboard: DashboardDocument,
  panel: PanelDocument,
  context: LintContext,
): readonly LintProblem[] {
  const given = fieldsOf(dashboard, panel, context);
  const transformations = objectsAt(panel.json, "transformations");
  if (given === undefined || transformations.some(([{ id }]) => typeof id !== "string" || !readable.has(id))) return [];
  const problems: LintProblem[] = [];
  let fields = given;
  for (const [transformation, index] of transformations) {
    const path = `${panel.path}.transformations[${index}].options`;
    const options = objectAt(transformation, "options");
    problems.push(...transformationProblems(options, fields, path));
    fields = fieldsAfter(options, fields);
  }
  return [...problems, ...shownProblems(panel, fields)];
}

/** The fields of the answer as the data source names them; `undefined` where they are not known. */
function fieldsOf(
  dashboard: DashboardDocument,
  panel: PanelDocument,
  { labelsOf }: LintContext,
): ReadonlySet<string> | undefined {
  const fields = new Set(["Time"]);
  for (const target of panel.targets) {
    const asTable = textAt(target.json, "format") === "table" && targetType(dashboard, panel, target) === "prometheus";
    const labels = asTable ? labelsOf(target.expr ?? "") : undefined;
    if (labels === undefined) return undefined;
    for (const label of labels) fields.add(label);
    fields.add(panel.targets.length === 1 ? "Value" : `Value #${target.refId ?? ""}`);
  }
  return fields;
}

function transformationProblems(
  options: JsonObject,
  fields: ReadonlySet<string>,
  path: string,
): readonly LintProblem[] {
  const names = objectAt(options, "include")["names"];
  const included: readonly unknown[] = Array.isArray(names) ? names : [];
  return [
    ...included.flatMap((name, index) => fieldProblem(name, fields, `${path}.include.names[${index}]`)),
    ...["indexByName", "renameByName"].flatMap((key) =>
      Object.keys(objectAt(options, key)).flatMap((name) => fieldProblem(name, fields, `${path}.${key}`)),
    ),
  ];
}

function fieldsAfter(options: JsonObject, fields: ReadonlySet<string>): ReadonlySet<string> {
  const names = objectAt(options, "include")["names"];
  const renamed = objectAt(options, "renameByName");
  const excluded = objectAt(options, "excludeByName");
  const left = [...fields].filter((name) => (!Array.isArray(names) || names.includes(name)) && excluded[name] !== true);
  return new Set(left.map((name) => textAt(renamed, name) || name));
}

/** Sorting and overrides, which name columns as the reader sees them. */
function shownProblems({ json, path }: PanelDocument, fields: ReadonlySet<string>): readonly LintProblem[] {
  return [
    ...objectsAt(objectAt(json, "options"), "sortBy").flatMap(([sort, index]) =>
      fieldProblem(textAt(sort, "displayName"), fields, `${path}.options.sortBy[${index}].displayName`),
    ),
    ...objectsAt(objectAt(json, "fieldConfig"), "overrides").flatMap(([override, index]) => {
      const matcher = objectAt(override, "matcher");
      return textAt(matcher, "id") === "byName"
        ? fieldProblem(matcher["options"], fields, `${path}.fieldConfig.overrides[${index}].matcher.options`)
        : [];
    }),
    ...textsIn(objectAt(json, "fieldConfig")).flatMap(([text, place]) =>
      [...text.matchAll(/\$\{__data\.fields(?:\.([^}:[\]]+)|\["([^"]+)"\])/g)].flatMap(([, dotted, quoted]) =>
        fieldProblem(dotted ?? quoted, fields, `${path}.fieldConfig.${place}`),
      ),
    ),
  ];
}

function fieldProblem(name: unknown, fields: ReadonlySet<string>, path: string): readonly LintProblem[] {
  if (typeof name !== "string" || fields.has(name)) return [];
  const nearest = nearestName(name, [...fields]);
  return [
    {
      path,
      message: `names the column ${JSON.stringify(name)}, which no query gives`,
      expected: nearest ?? `one of ${[...fields].join(", ")}`,
    },
  ];
}
