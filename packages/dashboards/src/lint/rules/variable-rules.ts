import { textsIn } from "../../json/json-value.ts";
import type { DashboardDocument } from "../dashboard-document.ts";
import { isGlobalVariable, variablesIn } from "../grafana-variables.ts";
import type { LintRule } from "../lint-rule.ts";

/** Rules about the names of variables, wherever a text refers to one: queries, titles, links, annotations, transformations, words, repetitions. */
export const variableRules: readonly LintRule[] = [
  {
    name: "variable-defined",
    origin: "plinth",
    code: "unknown-reference",
    description: "Every variable that is used is defined, once.",
    check: (dashboard) => {
      const defined = new Set<string>();
      const twice = dashboard.templates.flatMap(({ name, path }) => {
        if (defined.has(name))
          return [
            {
              path: `${path}.name`,
              message: `defines the variable ${name} again`,
              expected: "a name for each variable",
            },
          ];
        defined.add(name);
        return [];
      });
      const unknown = uses(dashboard).flatMap(([name, path]) =>
        defined.has(name) || isGlobalVariable(name)
          ? []
          : [
              {
                path,
                message: `uses the variable ${name}, which is not defined`,
                expected: `one of ${[...defined].join(", ")}`,
              },
            ],
      );
      return [...twice, ...unknown];
    },
  },
  {
    name: "variable-used",
    origin: "plinth",
    code: "unknown-reference",
    description: "Every variable that is defined is used.",
    check: (dashboard) => {
      const used = new Set(uses(dashboard).map(([name]) => name));
      return dashboard.templates.flatMap(({ name, path }) =>
        used.has(name)
          ? []
          : [
              {
                path: `${path}.name`,
                message: `defines the variable ${name}, which nothing uses`,
                expected: "a query or a link that uses it, or no such variable",
              },
            ],
      );
    },
  },
];

// Texts in which Grafana fills in nothing: what the dashboard itself is called, and what a variable says of itself.
const plainTexts =
  /^(title|description|uid|tags\[\d+\]|templating\.list\[\d+\]\.(name|label|description|allValue|current|options)\b.*)$/;

/** Every use of a variable, with its place. */
function uses({ json }: DashboardDocument): readonly (readonly [name: string, path: string])[] {
  return textsIn(json).flatMap(([text, path]) => usedIn(text, path).map((name) => [name, path] as const));
}

/** A panel or row that is drawn once for each value names the variable without a sign. */
function usedIn(text: string, path: string): readonly string[] {
  if (plainTexts.test(path)) return [];
  return /(^|\.)repeat$/.test(path) && /^\w+$/.test(text) ? [text] : variablesIn(text);
}
