import type { Dashboard as GrafanaDashboard, Panel, RowPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard, RowsLayoutRowKind } from "@grafana/grafana-foundation-sdk/dashboardv2";
import type { Plain } from "../../grafana/grafana-types.ts";
import { annotationV2 } from "./annotation-v2.ts";
import { elementName, panelV2 } from "./panel-v2.ts";
import { variableV2 } from "./variable-v2.ts";

/** A dashboard of Grafana's second schema, as it stands in JSON. */
export type DashboardV2 = Plain<Dashboard>;

type RowV2 = Plain<RowsLayoutRowKind>;

// Grafana's own choice, which the classic schema leaves out.
const refreshIntervals: readonly string[] = ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"];
const cursorSync = ["Off", "Crosshair", "Tooltip"] as const;

/**
 * A classic dashboard in Grafana's second schema, by Grafana's own rules: rows become a layout of rows, each with a grid of its own; panels become elements by
 * their numbers, so that links to `panel-<number>` stay.
 *
 * @see https://github.com/grafana/grafana/blob/main/apps/dashboard/pkg/migration/conversion/v1_to_v2alpha1.go
 * @see https://grafana.com/docs/grafana/latest/visualizations/dashboards/build-dashboards/view-dashboard-json-model/
 */
export function dashboardV2(classic: GrafanaDashboard): DashboardV2 {
  const panels = classic.panels ?? [];
  const drawn = panels.filter((panel) => !isRow(panel));
  return {
    annotations: (classic.annotations.list ?? []).map(annotationV2),
    cursorSync: cursorSync[classic.graphTooltip ?? 0],
    ...(classic.description === undefined ? {} : { description: classic.description }),
    editable: classic.editable ?? true,
    elements: Object.fromEntries(drawn.map((panel) => [elementName(panel), panelV2(panel)])),
    layout: { kind: "RowsLayout", spec: { rows: rowsOf(panels) } },
    links: (classic.links ?? []).map(({ title, type, icon, tooltip, url, tags, asDropdown, ...rest }) => ({
      title,
      type,
      icon,
      tooltip,
      ...(url === undefined ? {} : { url }),
      tags,
      asDropdown,
      targetBlank: rest.targetBlank,
      includeVars: rest.includeVars,
      keepTime: rest.keepTime,
    })),
    liveNow: classic.liveNow ?? false,
    preload: classic.preload ?? false,
    tags: classic.tags ?? [],
    timeSettings: {
      ...(classic.timezone === undefined ? {} : { timezone: classic.timezone }),
      from: classic.time?.from ?? "now-6h",
      to: classic.time?.to ?? "now",
      autoRefresh: classic.refresh ?? "",
      autoRefreshIntervals: classic.timepicker?.refresh_intervals ?? refreshIntervals,
      hideTimepicker: classic.timepicker?.hidden ?? false,
      fiscalYearStartMonth: classic.fiscalYearStartMonth ?? 0,
    },
    title: classic.title ?? "",
    variables: (classic.templating.list ?? []).flatMap((variable) => variableV2(variable)),
  };
}

/** Panels stand under the last row before them; y counts from the row's own top. */
function rowsOf(panels: readonly (Panel | RowPanel)[]): readonly RowV2[] {
  const starts = panels.flatMap((panel, index) => (isRow(panel) ? [{ heading: panel, index }] : []));
  return starts.map(({ heading, index }, place) => {
    const under = panels.slice(index + 1, starts[place + 1]?.index);
    const top = (heading.gridPos?.y ?? 0) + (heading.gridPos?.h ?? 1);
    return {
      kind: "RowsLayoutRow",
      spec: {
        title: heading.title ?? "",
        collapse: heading.collapsed,
        layout: {
          kind: "GridLayout",
          spec: {
            items: under.flatMap((panel) => {
              const { x = 0, y = 0, w = 0, h = 0 } = panel.gridPos ?? {};
              const name = elementName(panel);
              const element = { kind: "ElementReference", name } as const;
              return [{ kind: "GridLayoutItem", spec: { x, y: y - top, width: w, height: h, element } } as const];
            }),
          },
        },
      },
    };
  });
}

function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === "row" && "collapsed" in panel;
}
