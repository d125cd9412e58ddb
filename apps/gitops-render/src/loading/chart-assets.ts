import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ChartAssets } from "../preview/page/dashboard-page.ts";

const require = createRequire(import.meta.url);

/** uPlot, which a preview's pages hold: its script, its style and its licence. */
export function chartAssets(): ChartAssets {
  return {
    script: readFileSync(require.resolve("uplot/dist/uPlot.iife.min.js"), "utf8"),
    style: readFileSync(require.resolve("uplot/dist/uPlot.min.css"), "utf8"),
    licence: readFileSync(require.resolve("uplot/LICENSE"), "utf8"),
  };
}
