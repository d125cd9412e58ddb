import { type Finding, fieldAt, listAt, textAt } from "@plinth/core";
import { type SeenPage, windowWidth } from "./preview-browser.ts";
import type { InspectedPanel } from "./preview-inspection.ts";

/** A dashboard as its JSON says it, read without the preview's own reader. */
export interface ExpectedDashboard {
  readonly title: string;
  readonly json: unknown;
}

/** A panel that rightly shows nothing. */
interface KnownEmpty {
  /** The dashboard and the panel. */
  readonly panel: RegExp;
  readonly because: string;
}

const known: readonly KnownEmpty[] = [
  { panel: /^(Service|Team) \/ \S+: Alerts over time$/, because: "nothing of the service or the team has fired" },
  {
    panel: /^Platform \/ Mesh: (Requests by namespace|Errors by namespace|MeshServerErrors)$/,
    because: "the proxies of a mesh count these, and istiod serves a gateway alone",
  },
  {
    panel: /^SLO \/ Detail: Budget of the calendar$/,
    because: "the promise that is chosen first is not counted by the calendar",
  },
];

/** What is wrong with a page: against the JSON of its dashboard, or in itself. */
export function pageFindings(file: string, { title, json }: ExpectedDashboard, seen: SeenPage): readonly Finding[] {
  const expected = listAt(json, "panels").flatMap((panel) => [panel, ...listAt(panel, "panels")]);
  const rows = expected.filter((panel) => textAt(panel, "type") === "row").map((panel) => textAt(panel, "title"));
  const problems = [
    ...seen.errors.map((error) => `the console says ${error}`),
    ...seen.requests.map((address) => `asks for ${address}`),
    ...(seen.overflow > 0 ? [`is ${seen.overflow} pixels wider than the window`] : []),
    ...rows
      .filter((row) => !isFilledIn(row) && !seen.headings.includes(row.trim()))
      .map((row) => `the row ${row} is missing`),
    ...expected
      .filter((panel) => textAt(panel, "type") !== "row")
      .flatMap((panel) => panelProblems(panel, title, seen.panels)),
    ...overlaps(seen.panels),
    ...faintTexts(seen),
  ];
  return problems.map((problem) => ({
    code: "rejected-by-judge",
    severity: "error",
    file,
    message: `${title}: ${problem}`,
    expected: "a page that shows the whole dashboard, and needs nothing but itself",
  }));
}

function isFilledIn(text: string): boolean {
  return text.includes("$");
}

function panelProblems(panel: unknown, dashboard: string, seen: readonly InspectedPanel[]): readonly string[] {
  const title = textAt(panel, "title").trim();
  const found = seen.find(({ id }) => id === String(fieldAt(panel, "id")));
  if (found === undefined) return [`the panel ${title} is missing`];
  return [
    ...(isFilledIn(title) || found.title === title ? [] : [`the panel ${title} is called ${found.title}`]),
    ...misplaced(panel, found).map((problem) => `the panel ${title} ${problem}`),
    ...(isDrawn(found, dashboard) ? [] : [`the panel ${title} shows ${found.drawn}`]),
  ];
}

function isDrawn({ drawn, title }: InspectedPanel, dashboard: string): boolean {
  if (drawn === "no data") return known.some(({ panel }) => panel.test(`${dashboard}: ${title}`));
  return drawn !== "nothing" && drawn !== "problem";
}

// Grafana's grid: 24 columns, lines of 30 pixels, 8 pixels between; here 16 pixels at the sides.
const [columns, line, between, side] = [24, 30, 8, 16];

function misplaced(panel: unknown, { x, width, height }: InspectedPanel): readonly string[] {
  const at = (key: string): number => Number(fieldAt(panel, "gridPos", key));
  const column = (windowWidth - 2 * side + between) / columns;
  const expected = { x: side + at("x") * column, width: at("w") * column - between };
  return [
    ...(near(x, expected.x) ? [] : [`begins at ${Math.round(x)} of ${Math.round(expected.x)}`]),
    ...(near(width, expected.width) ? [] : [`is ${Math.round(width)} wide instead of ${Math.round(expected.width)}`]),
    ...(near(height, at("h") * (line + between) - between) ? [] : [`is ${Math.round(height)} high`]),
  ];
}

/** The scroll bar takes some of the width. */
function near(one: number, other: number): boolean {
  return Math.abs(one - other) <= 20;
}

function overlaps(panels: readonly InspectedPanel[]): readonly string[] {
  return panels.flatMap((one, index) =>
    panels
      .slice(index + 1)
      .filter(
        (other) =>
          one.x + one.width > other.x + 1 &&
          other.x + other.width > one.x + 1 &&
          one.y + one.height > other.y + 1 &&
          other.y + other.height > one.y + 1,
      )
      .map((other) => `the panels ${one.title} and ${other.title} overlap`),
  );
}

function faintTexts({ faint, texts }: SeenPage): readonly string[] {
  if (texts === 0) return ["has no text"];
  return faint
    .slice(0, 5)
    .map(({ text, contrast }) => `the text ${JSON.stringify(text)} has a contrast of ${contrast.toFixed(2)}`);
}
