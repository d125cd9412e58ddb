import type { Dashboard, Panel, Row } from "../model/dashboard.ts";

/** Grafana's grid is 24 columns wide. */
export const GRID_COLUMNS = 24;

/** Where something lies on the grid: columns and rows from the top left. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedRow {
  readonly row: Row;
  readonly position: GridPosition;
  readonly panels: readonly PlacedPanel[];
}

export interface PlacedPanel {
  readonly panel: Panel;
  readonly position: GridPosition;
}

/**
 * Lays out rows from top to bottom and the panels of each from left to right; a panel that does not fit into the line begins the next one, below
 * the tallest panel of this one.
 */
export function placePanels({ rows }: Pick<Dashboard, "rows">): readonly PlacedRow[] {
  const placed: PlacedRow[] = [];
  let y = 0;
  for (const row of rows) {
    const position = { x: 0, y, w: GRID_COLUMNS, h: 1 };
    y += position.h;
    const panels: PlacedPanel[] = [];
    let x = 0;
    let lineHeight = 0;
    for (const panel of row.panels) {
      if (x > 0 && x + panel.width > GRID_COLUMNS) {
        x = 0;
        y += lineHeight;
        lineHeight = 0;
      }
      panels.push({ panel, position: { x, y, w: panel.width, h: panel.height } });
      x += panel.width;
      lineHeight = Math.max(lineHeight, panel.height);
    }
    y += lineHeight;
    placed.push({ row, position, panels });
  }
  return placed;
}
