import type { Metric, MetricSource } from "../catalogue/metric.ts";
import { kubernetesMetricValues, kubernetesSourceValues } from "./kubernetes-values.ts";
import { distinct, only, pairs, type Row } from "./row.ts";
import { softwareMetricValues, softwareSourceValues } from "./software-values.ts";
import { values } from "./values.ts";

/** Lists of rows by metric or by program. Each list is one thing that varies: a metric has every combination of them. */
export type LabelTable<Name extends string> = Readonly<Partial<Record<Name, readonly (readonly Row[])[]>>>;

const byMetric: LabelTable<string> = { ...kubernetesMetricValues, ...softwareMetricValues };
const bySource: LabelTable<MetricSource> = { ...kubernetesSourceValues, ...softwareSourceValues };

// Info metrics of programs in Go: github.com/prometheus/common/version.
const ofAll: readonly (readonly Row[])[] = [
  [{ version: "3.1.0", revision: "a1b2c3d", branch: "HEAD", goversion: "go1.26.3" }],
  values("sysname", "Linux"),
  [{ release: "6.12.40", machine: "aarch64", domainname: "(none)" }],
];

/**
 * Every combination of values that a metric's labels can have, beside those that say what it is about. Labels of a metric's own table count before those of its
 * program: a value that is in no table does not exist.
 */
export function valueRowsOf(metric: Metric, said: ReadonlySet<string>): readonly Row[] {
  const open = new Set(metric.labels.filter((label) => !said.has(label)));
  let rows: readonly Row[] = [{}];
  const ofMetric = byMetric[metric.name] ?? [];
  const listed = new Set(ofMetric.flatMap((list) => list.flatMap((row) => Object.keys(row))));
  const catalogued = Object.entries(metric.values ?? {})
    .filter(([label]) => !listed.has(label))
    .map(([label, all]) => values(label, ...all));
  for (const table of [ofMetric, bySource[metric.source] ?? [], catalogued, ofAll]) {
    const taken = new Set<string>();
    for (const list of table) {
      const chosen = distinct(list.map((row) => only(row, open))).filter((row) => Object.keys(row).length > 0);
      if (chosen.length === 0) continue;
      rows = pairs(rows, chosen);
      for (const row of chosen) for (const label of Object.keys(row)) taken.add(label);
    }
    for (const label of taken) open.delete(label);
  }
  return rows;
}
