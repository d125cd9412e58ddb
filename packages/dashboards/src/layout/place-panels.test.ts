import { metric } from "@plinth/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stat } from "../model/panel.ts";
import { row } from "../model/row.ts";
import { GRID_COLUMNS, type GridPosition, placePanels } from "./place-panels.ts";

const panel = (width: number, height: number) =>
  stat("Pods", metric("kube_pod_info"), { unit: "short", description: "d", width, height });
const positions = (...sizes: readonly (readonly [width: number, height: number])[]) =>
  placePanels({
    rows: [
      row(
        "R",
        sizes.map(([width, height]) => panel(width, height)),
      ),
    ],
  }).flatMap(({ panels }) => panels.map(({ position: { x, y } }) => [x, y]));

describe("the layout", () => {
  it("puts panels side by side below their row", () =>
    expect(positions([8, 8], [8, 8], [8, 8])).toEqual([
      [0, 1],
      [8, 1],
      [16, 1],
    ]));

  it("begins a new line below the tallest panel when one does not fit", () =>
    expect(positions([12, 4], [8, 8], [6, 4], [6, 4])).toEqual([
      [0, 1],
      [12, 1],
      [0, 9],
      [6, 9],
    ]));

  it("begins each row below the one before", () =>
    expect(
      placePanels({ rows: [row("A", [panel(24, 8)]), row("B", []), row("C", [panel(24, 8)])] }).map(
        ({ position }) => position.y,
      ),
    ).toEqual([0, 9, 10]));

  it("keeps every panel within the columns and off the others, whatever their sizes", () => {
    const size = fc.tuple(fc.integer({ min: 1, max: GRID_COLUMNS }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(fc.array(size)), (rows) => {
        const placed = placePanels({
          rows: rows.map((sizes, index) =>
            row(
              `R${index}`,
              sizes.map(([w, h]) => panel(w, h)),
            ),
          ),
        });
        const all = placed.flatMap(({ position, panels }) => [position, ...panels.map((one) => one.position)]);
        expect(all.every(({ x, w }) => x >= 0 && x + w <= GRID_COLUMNS)).toBe(true);
        expect(all.some((a, index) => all.slice(index + 1).some((b) => overlap(a, b)))).toBe(false);
      }),
    );
  });
});

function overlap(a: GridPosition, b: GridPosition): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
