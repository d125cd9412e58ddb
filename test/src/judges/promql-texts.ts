import { fieldAt, listAt, textAt, textMapAt } from "@plinth/core";
import { dashboardsIn } from "@plinth/dashboards";
import {
  catalogueWith,
  defineMetric,
  labelsOfPromql,
  type Metric,
  type MetricCatalogue,
  metricCatalogue,
} from "@plinth/metrics";
import type { RenderedObject } from "./rendered-tree.ts";

/** An expression as it lies in a rendered file. */
export interface PromqlText {
  readonly text: string;
  /** The rendered file. */
  readonly file: string;
  /** Where it is read: variables are filled in with what Grafana or Sloth would put there. */
  readonly readBy: "prometheus" | "sloth" | "grafana";
}

/** Every expression of the rendered objects, each once: rules, service levels, dashboards. */
export function promqlTexts(objects: readonly RenderedObject[]): readonly PromqlText[] {
  const found = new Map<string, PromqlText>();
  for (const { file, resource } of objects) {
    const add = (readBy: PromqlText["readBy"], text: unknown): void => {
      if (typeof text !== "string") return;
      const key = `${readBy} ${text}`;
      if (!found.has(key)) found.set(key, { text, file: file.path, readBy });
    };
    if (resource.kind === "PrometheusRule")
      for (const group of listAt(resource, "spec", "groups"))
        for (const rule of listAt(group, "rules")) add("prometheus", fieldAt(rule, "expr"));
    if (resource.kind === "PrometheusServiceLevel")
      for (const slo of listAt(resource, "spec", "slos"))
        for (const query of [
          fieldAt(slo, "sli", "events", "errorQuery"),
          fieldAt(slo, "sli", "events", "totalQuery"),
          fieldAt(slo, "sli", "raw", "errorRatioQuery"),
        ])
          add("sloth", query);
    for (const { text } of dashboardsIn(resource))
      for (const query of targetsOf(JSON.parse(text))) add("grafana", query);
  }
  return [...found.values()];
}

/** The metrics of the catalogue and of the platform's own, and the series that rendered rules record: those have the labels of their expression and of their rule. */
export function catalogueOf(objects: readonly RenderedObject[], metrics: readonly Metric[] = []): MetricCatalogue {
  const labels = new Map<string, ReadonlySet<string>>();
  for (const { resource } of objects) {
    if (resource.kind !== "PrometheusRule") continue;
    for (const rule of listAt(resource, "spec", "groups").flatMap((group) => listAt(group, "rules"))) {
      const name = textAt(rule, "record");
      if (name === "" || metricCatalogue.has(name)) continue;
      const given = labelsOfPromql(textAt(rule, "expr")) ?? [];
      labels.set(name, new Set([...(labels.get(name) ?? []), ...given, ...Object.keys(textMapAt(rule, "labels"))]));
    }
  }
  return catalogueWith(
    ...metrics,
    ...[...labels].map(([name, names]) =>
      defineMetric({ name, type: "gauge", unit: "count", labels: [...names], help: "Recorded by a rendered rule." }),
    ),
  );
}

/** Queries to Prometheus of a dashboard's panels, and of those in its rows. */
function targetsOf(json: unknown): readonly unknown[] {
  return listAt(json, "panels").flatMap((panel) => [
    ...listAt(panel, "targets")
      .filter((target) => {
        const asked = fieldAt(target, "datasource", "type") ?? fieldAt(panel, "datasource", "type");
        return asked !== "loki" && asked !== "tempo";
      })
      .map((target) => fieldAt(target, "expr")),
    ...targetsOf(panel),
  ]);
}

/** The text as Prometheus gets to see it. Grafana puts values in texts, durations in ranges. */
export function filledIn({ text, readBy }: PromqlText): string {
  if (readBy === "sloth") return text.replaceAll(/\{\{ *\.window *\}\}/g, "5m");
  if (readBy === "grafana") return text.replaceAll(/\$\{\w+(?::\w+)?\}|\$[A-Za-z_]\w*|\[\[\w+\]\]/g, "5m");
  return text;
}
