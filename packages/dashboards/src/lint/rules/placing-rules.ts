import { isJsonObject, type JsonObject, numberAt, objectsAt, textAt } from "../../json/json-value.ts";
import { GRID_COLUMNS } from "../../layout/place-panels.ts";
import { ofPanel, type PanelDocument } from "../dashboard-document.ts";
import type { LintProblem, LintRule } from "../lint-rule.ts";

/** Rules about a panel's number and its place. */
export const placingRules: readonly LintRule[] = [
  {
    name: "panel-id",
    origin: "plinth",
    code: "duplicate-name",
    description: "A panel or row has a number of its own, from 1 on: Grafana finds no panel 0.",
    check: ({ panels }) => {
      const first = new Map<number, PanelDocument>();
      return panels.flatMap((panel) => {
        const { id, path } = panel;
        const about = { ...ofPanel(panel), path: `${path}.id` };
        if (id === undefined || !Number.isSafeInteger(id) || id < 1)
          return [{ ...about, message: `has the id ${String(id)}`, expected: "a whole number from 1 on" }];
        const earlier = first.get(id);
        if (earlier === undefined) {
          first.set(id, panel);
          return [];
        }
        return [
          {
            ...about,
            message: `has the id ${id} of ${JSON.stringify(earlier.title ?? earlier.path)}`,
            expected: "a number of its own: give one of the panels another title or id",
          },
        ];
      });
    },
  },
  {
    name: "panel-grid",
    origin: "plinth",
    code: "conflicting-fields",
    description: "Panels lie within the 24 columns and not on top of each other.",
    check: ({ json }) => gridProblems(json),
  },
];

interface Placed {
  readonly path: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function gridProblems(json: JsonObject): readonly LintProblem[] {
  const problems: LintProblem[] = [];
  const placed: Placed[] = [];
  for (const [panel, index] of objectsAt(json, "panels")) {
    const path = `panels[${index}].gridPos`;
    const title = textAt(panel, "title") ?? "";
    const position = panel["gridPos"];
    const [x, y, w, h] = ["x", "y", "w", "h"].map((key) =>
      isJsonObject(position) ? numberAt(position, key) : undefined,
    );
    if (x === undefined || y === undefined || w === undefined || h === undefined) {
      problems.push({ path, panel: title, message: "has no place on the grid", expected: "x, y, w and h" });
      continue;
    }
    const here = { path, title, x, y, w, h };
    if (![x, y, w, h].every(Number.isInteger) || x < 0 || y < 0 || w < 1 || h < 1 || x + w > GRID_COLUMNS) {
      problems.push({
        path,
        panel: title,
        message: `lies at columns ${x} to ${x + w} and is ${h} high`,
        expected: `whole numbers within the ${GRID_COLUMNS} columns`,
      });
    }
    for (const other of placed) {
      if (x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h) {
        problems.push({
          path,
          panel: title,
          message: `lies on top of ${JSON.stringify(other.title)}`,
          expected: "a place of its own",
        });
      }
    }
    placed.push(here);
  }
  return problems;
}
