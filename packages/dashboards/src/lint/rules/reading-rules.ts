import { objectAt, textAt } from "../../json/json-value.ts";
import { type DashboardDocument, dataPanels, ofPanel, promqlTargets, shownPanels } from "../dashboard-document.ts";
import type { LintContext, LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about what a reader takes from a panel at first sight. */
export const readingRules: readonly LintRule[] = [
  {
    name: "panel-text",
    origin: "plinth",
    code: "invalid-field",
    description: "A description says more than the title, and a panel of words has some.",
    check: (dashboard) =>
      shownPanels(dashboard).flatMap((panel) => {
        const { path, title = "", description = "" } = panel;
        const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
        return [
          ...(bare(description) !== "" && bare(description) === bare(title)
            ? [
                {
                  ...ofPanel(panel),
                  path: `${path}.description`,
                  message: "has a description that only repeats the title",
                  expected: "what the panel shows, and what to do when it looks wrong",
                },
              ]
            : []),
          ...(panel.type === "text" && (textAt(objectAt(panel.json, "options"), "content") ?? "").trim() === ""
            ? [{ ...ofPanel(panel), path: `${path}.options.content`, message: "has no words", expected: "a text" }]
            : []),
        ];
      }),
  },
  {
    name: "panel-unique-title",
    origin: "plinth",
    code: "duplicate-name",
    description: "Two panels under one heading have different titles.",
    check: ({ panels }) => {
      let seen = new Set<string>();
      return panels.flatMap((panel) => {
        if (panel.type === "row") seen = new Set();
        const { path, title = "" } = panel;
        // A panel that is drawn for each value has a title for each.
        if (panel.type === "row" || title.trim() === "") return [];
        const again = seen.has(title);
        seen.add(title);
        return again
          ? [
              {
                ...ofPanel(panel),
                path: `${path}.title`,
                message: "has the title of another panel of its row",
                expected: "a title that tells them apart",
              },
            ]
          : [];
      });
    },
  },
  {
    name: "panel-legend",
    origin: "plinth",
    code: "invalid-field",
    description: "Where a panel draws several queries or series, each has a name of its own.",
    check: (dashboard, context) => [...severalQueries(dashboard), ...severalSeries(dashboard, context)],
  },
];

// Kinds of panel that write each series' name.
const writesNames: ReadonlySet<string> = new Set([
  "timeseries",
  "bargauge",
  "stat",
  "gauge",
  "state-timeline",
  "piechart",
]);

/** `__auto` writes the labels that differ between the series of one query. */
const unnamed: ReadonlySet<string> = new Set(["", "__auto"]);

function severalQueries(dashboard: DashboardDocument): readonly LintProblem[] {
  return dataPanels(dashboard).flatMap((panel) => {
    if (!writesNames.has(panel.type) || panel.targets.length < 2) return [];
    const seen = new Set<string>();
    return panel.targets.flatMap(({ path, json, expr }) => {
      const legend = textAt(json, "legendFormat") ?? "";
      const again = seen.has(legend);
      seen.add(legend);
      if (expr === undefined || (!unnamed.has(legend) && !again)) return [];
      return [
        {
          ...ofPanel(panel),
          path: `${path}.legendFormat`,
          message:
            again && !unnamed.has(legend)
              ? `calls two queries ${JSON.stringify(legend)}`
              : "has several queries and one without a name",
          expected: "a legend for each query",
          example: '"p95 {{route}}"',
        },
      ];
    });
  });
}

/** A name without labels, for series that only differ by one. */
function severalSeries(dashboard: DashboardDocument, { labelsOf }: LintContext): readonly LintProblem[] {
  return promqlTargets(dashboard).flatMap(({ panel, target, expr }) => {
    const legend = textAt(target.json, "legendFormat") ?? "";
    if (!writesNames.has(panel.type) || unnamed.has(legend) || legend.includes("{{")) return [];
    const grouped = groupedBy(expr);
    const labels = [...(labelsOf(expr) ?? [])].filter((label) => grouped.has(label) && !isFixed(label, expr));
    return labels.length === 0
      ? []
      : [
          {
            ...ofPanel(panel),
            path: `${target.path}.legendFormat`,
            message: `calls every series ${JSON.stringify(legend)}, whatever its ${labels.join(" and ")}`,
            expected: "a legend with the labels that tell the series apart",
            example: JSON.stringify(`{{${labels[0]}}}`),
          },
        ];
  });
}

function groupedBy(expr: string): ReadonlySet<string> {
  return new Set(
    [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, labels = ""]) =>
      labels.split(",").map((label) => label.trim()),
    ),
  );
}

/** Whether a condition leaves one value of a label. */
function isFixed(label: string, expr: string): boolean {
  return new RegExp(`\\b${label}\\s*=\\s*"`).test(expr);
}
