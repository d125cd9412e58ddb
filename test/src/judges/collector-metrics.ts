import { join } from "node:path";
import type { Environment, Finding } from "@plinth/core";
import { type Metric, metricCatalogue, promqlSelectors } from "@plinth/metrics";
import { collectorPages } from "./collector-metrics-situations.ts";
import { collectorLayers } from "./environment-collectors.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { filledIn, promqlTexts } from "./promql-texts.ts";
import type { RenderedTree } from "./rendered-tree.ts";
import { readExposition } from "./self-telemetry.ts";
import { loggingPodOf } from "./telemetry-round.ts";

/**
 * The rendered collectors of production run, in good days and bad ones, and are scraped: each metric of the collector that a rule or a dashboard asks for is there,
 * with the labels that it is asked for, and so is each of the catalogue, with its type and exactly its labels.
 */
export const collectorMetrics: Judge = {
  name: "collector-metrics",
  purpose: "what rules and dashboards ask of the collector is what it says",
  tools: ["otelcol"],
  judge: async (context) => {
    const findings: Finding[] = [];
    const read: string[] = [];
    for (const environment of context.platform.environments.filter(({ production }) => production)) {
      const judged = await judgeEnvironment(environment, context);
      read.push(judged.read);
      findings.push(...judged.findings);
    }
    return { read: read.join("; "), findings };
  },
};

async function judgeEnvironment(
  environment: Environment,
  { tree, platform, workFolder, signal }: JudgeContext,
): Promise<{ readonly read: string; readonly findings: readonly Finding[] }> {
  const layers = collectorLayers(tree, environment);
  if (typeof layers === "string") return { read: "nothing", findings: [refusal(`${environment.name}: ${layers}`)] };
  const found = exposedMetrics(
    await collectorPages(layers, loggingPodOf(platform), join(workFolder, environment.name), signal),
  );
  const used = usedMetrics(tree);
  return {
    read: `${used.length} uses of metrics, ${catalogued.length} metrics of the catalogue, ${found.size} exposed ones`,
    findings: [
      ...catalogued.flatMap((metric) => catalogueProblems(metric, found).map((problem) => refusal(problem))),
      ...used.flatMap((use) => useProblems(use, found)),
    ],
  };
}

/** A metric as it was exposed: its type, and the labels of all of its series. */
export interface ExposedMetric {
  readonly type: string;
  readonly labels: ReadonlySet<string>;
}

/** The metrics of pages, together, with the labels that Prometheus stores. */
export function exposedMetrics(pages: readonly string[]): ReadonlyMap<string, ExposedMetric> {
  const metrics = new Map<string, { type: string; labels: Set<string> }>();
  for (const { types, series } of pages.map(readExposition))
    for (const { name, labels } of series) {
      const metric = metrics.get(name) ?? { type: types.get(name) ?? "untyped", labels: new Set() };
      // What the scrape sets, too, Prometheus stores under another name.
      for (const label of labels.keys()) metric.labels.add(targetLabels.has(label) ? `exported_${label}` : label);
      metrics.set(name, metric);
    }
  return metrics;
}

const catalogued: readonly Metric[] = [...metricCatalogue.values()].filter(
  ({ source }) => source === "opentelemetry-collector",
);

/** In what the catalogue and a running collector differ: sentences. */
export function catalogueProblems(
  { name, type, labels }: Pick<Metric, "name" | "type" | "labels">,
  found: ReadonlyMap<string, ExposedMetric>,
): readonly string[] {
  const metric = found.get(name);
  if (metric === undefined) return [`no running collector exposes ${name}, which is in the catalogue`];
  const own = labels.filter((label) => !targetLabels.has(label));
  const missing = own.filter((label) => !metric.labels.has(label));
  const more = [...metric.labels].filter((label) => !own.includes(label));
  return [
    ...(metric.type === type ? [] : [`${name} is a ${metric.type}, and a ${type} in the catalogue`]),
    ...(missing.length === 0 ? [] : [`${name} has no label ${missing.join(", ")}, and the catalogue says so`]),
    ...(more.length === 0 ? [] : [`${name} has the label ${more.join(", ")}, and the catalogue does not say so`]),
  ];
}

/** A metric of the collector in an expression of a rendered file. */
export interface MetricUse {
  readonly file: string;
  readonly name: string;
  readonly labels: readonly string[];
}

function usedMetrics(tree: RenderedTree): readonly MetricUse[] {
  return promqlTexts(tree.objects).flatMap((text) =>
    promqlSelectors(filledIn(text)).flatMap(({ series, matchers }) => {
      const named = matchers.find(({ label }) => label === "__name__")?.value ?? "";
      const name = series === "" ? named : series;
      const labels = matchers.map(({ label }) => label).filter((label) => label !== "__name__");
      return name.startsWith("otelcol_") ? [{ file: text.file, name, labels }] : [];
    }),
  );
}

/** What of a use no running collector offers. Labels of the scrape come on top of its own. */
export function useProblems(
  { file, name, labels }: MetricUse,
  found: ReadonlyMap<string, ExposedMetric>,
): readonly Finding[] {
  const metric = found.get(name);
  if (metric === undefined) return [refusal(`no running collector exposes ${name}`, file)];
  const unknown = labels.filter((label) => !metric.labels.has(label) && !targetLabels.has(label));
  return unknown.length === 0
    ? []
    : [refusal(`${name} of a running collector has no label ${unknown.join(", ")}`, file)];
}

/** What a scrape adds to each series, and what tells the series of several clusters apart. */
const targetLabels: ReadonlySet<string> = new Set([
  "job",
  "instance",
  "namespace",
  "pod",
  "container",
  "service",
  "endpoint",
  "cluster",
  "environment",
]);

function refusal(message: string, file?: string): Finding {
  return {
    code: "rejected-by-judge",
    severity: "error",
    message,
    ...(file === undefined ? {} : { file }),
    expected: "a metric that the collector exposes, with its labels",
  };
}
