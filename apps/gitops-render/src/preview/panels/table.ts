import type { Display, PreviewPanel } from "../dashboard/preview-dashboard.ts";
import { stateClass } from "../page/colours.ts";
import { type Html, html } from "../page/html.ts";
import { type Drawing, type DrawnPanel, type Line, linesOf, noData, refused } from "./drawing.ts";
import { newest } from "./newest.ts";
import { shownValue } from "./shown-value.ts";

type Row = Readonly<Record<string, string | number>>;

const mostRows = 200;

/** A line for each set of labels, with the numbers of all queries side by side. */
export function drawTable(panel: PreviewPanel, drawing: Drawing): DrawnPanel {
  const lines = linesOf(panel, drawing, "now");
  if ("problem" in lines) return refused(lines.problem);
  const rows = rowsOf(lines, panel);
  if (rows.length === 0) return noData;
  const fields = fieldsOf(rows, panel);
  const titles = fields.map((field) => panel.table.titles[field] ?? field);
  const sorted = sortedRows(rows, fields, titles, panel).slice(0, mostRows);
  return {
    body: html`<div class="scrolled"><table><thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${sorted.map(
      (row) => html`<tr>${fields.map((field, index) => drawCell(row[field], titles[index] ?? field, panel))}</tr>`,
    )}</tbody></table></div>`,
  };
}

/** What Grafana's transformation "merge" makes: lines with the same labels are one. */
function rowsOf(lines: readonly Line[], { targets }: PreviewPanel): readonly Row[] {
  const only = targets.filter(({ query }) => query !== "").length === 1;
  const rows = new Map<string, Record<string, string | number>>();
  for (const line of lines)
    for (const { labels, value } of newest(line)) {
      const { __name__: _, ...own } = labels;
      const key = JSON.stringify(Object.entries(own).sort());
      const row = rows.get(key) ?? { ...own };
      row[only ? "Value" : `Value #${line.target.refId}`] = value;
      rows.set(key, row);
    }
  return [...rows.values()];
}

function fieldsOf(rows: readonly Row[], { table: { included, order } }: PreviewPanel): readonly string[] {
  const all = included.length > 0 ? included : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return all.toSorted((a, b) => (order[a] ?? all.length) - (order[b] ?? all.length));
}

function sortedRows(
  rows: readonly Row[],
  fields: readonly string[],
  titles: readonly string[],
  { table: { sortBy } }: PreviewPanel,
): readonly Row[] {
  const field = sortBy === undefined ? undefined : fields[titles.indexOf(sortBy.title)];
  if (field === undefined) return rows;
  const direction = sortBy?.descending === true ? -1 : 1;
  return rows.toSorted((a, b) => direction * compare(a[field], b[field]));
}

function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (one === undefined || other === undefined) return Number(other === undefined) - Number(one === undefined);
  return String(one) < String(other) ? -1 : Number(String(one) > String(other));
}

function drawCell(value: string | number | undefined, title: string, panel: PreviewPanel): Html {
  if (value === undefined) return html`<td></td>`;
  if (typeof value === "string") return html`<td>${value}</td>`;
  const column = panel.table.columns.get(title);
  const display: Display = { ...panel.display, ...column?.display };
  const { text, colour } = shownValue(value, display);
  const painted = column?.coloured === true ? `painted ${stateClass(colour)}` : "";
  return html`<td class="number ${painted}">${text}</td>`;
}

/** Whether a table lists traces: those that Tempo finds. */
export function isTraceList({ targets }: PreviewPanel): boolean {
  return targets.some(({ source }) => source === "tempo");
}
