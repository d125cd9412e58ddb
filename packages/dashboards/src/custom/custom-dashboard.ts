import { rememberSource } from "@plinth/core";
import type { Metric } from "@plinth/metrics";
import type { LintExclusion } from "../lint/lint-rule.ts";
import type { Annotation, Dashboard, DataSourceType, Link, Row } from "../model/dashboard.ts";
import { dataSource } from "../model/variable.ts";

export interface CustomDashboardOptions {
  /** What it shows, and for whom. */
  readonly description: string;
  /** Beside `plinth`: lists of dashboards are made of them. @default none */
  readonly tags?: readonly string[];
  /** The range that it opens with, up to now: a Prometheus duration. @default "3h" */
  readonly timeRange?: string;
  /** How often it asks again: a Prometheus duration. @default "1m" */
  readonly refresh?: string;
  /** Shown at the top. @default none */
  readonly links?: readonly Link[];
  /** What happened when, as marks on every panel. @default none */
  readonly annotations?: readonly Annotation[];
  /** Metrics of its own, as `defineMetric` describes them. @default none */
  readonly metrics?: readonly Metric[];
  /** Lint rules that it does not follow, each with the reason, beside those about scrape jobs. @default none */
  readonly exclusions?: readonly LintExclusion[];
}

const byWhatItShows = "the dashboard is about what its queries select, and not about one scrape job";

/** Rules of dashboard-linter about jobs and instances, which suit a dashboard about one exporter alone. */
const exclusionsOfAll: readonly LintExclusion[] = [
  { rule: "template-job", because: byWhatItShows },
  { rule: "template-instance", because: byWhatItShows },
  { rule: "target-job", because: byWhatItShows },
  { rule: "target-instance", because: byWhatItShows },
];

/**
 * A dashboard about anything: rows, and what every dashboard has to say of itself. It reads the data sources that its queries ask.
 *
 * @param uid Names it in links for good: at most 40 letters, digits, `-` and `_`.
 * @example
 * import { metric, sum } from "@plinth/metrics";
 * const jobs = stat("Failed jobs", sum(metric("kube_job_failed")), { unit: "short", description: "Jobs that failed and are still there." });
 * customDashboard("batch", "Batch jobs", [row("Jobs", [jobs])], { description: "What runs at night." });
 */
export function customDashboard(
  uid: string,
  title: string,
  rows: readonly Row[],
  options: CustomDashboardOptions,
): Dashboard {
  const { description, tags = [], timeRange = "3h", refresh = "1m", links = [], annotations = [] } = options;
  const asked = new Set<DataSourceType>(
    [
      ...rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)),
      ...annotations.map(({ query }) => query),
    ].map(({ source }) => source),
  );
  const linked = JSON.stringify([links, rows.map(({ panels }) => panels.map((panel) => panel.links))]);
  const sources = (["prometheus", "loki", "tempo"] as const).filter(
    (type) => type === "prometheus" || asked.has(type) || linked.includes(`\${${type}_datasource}`),
  );
  return rememberSource(
    {
      uid,
      title,
      description,
      tags: ["plinth", ...tags],
      timeRange,
      refresh,
      dataSources: sources.map(dataSource),
      links,
      rows,
      annotations,
      exclusions: [...(asked.has("prometheus") ? exclusionsOfAll : []), ...(options.exclusions ?? [])],
      metrics: options.metrics ?? [],
    },
    customDashboard,
  );
}
