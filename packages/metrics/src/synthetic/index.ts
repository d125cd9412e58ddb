export {
  promtoolSeries,
  type SyntheticOptions,
  type SyntheticSeries,
  syntheticSeries,
} from "./synthetic-series.ts";
