import type { AlertListPanel, TextPanel } from "./dashboard.ts";
import { type AnyPanelOptions, anyPanel } from "./panel-options.ts";

/**
 * Alerts that fire or are about to, newest first.
 *
 * @param matchers Narrows the alerts by their labels, as Alertmanager does; empty for all of them.
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/alert-list/
 * @example
 * alertList("Open alerts", '{team="backend"}', { description: "What the team must look at now." });
 */
export function alertList(title: string, matchers: string, options: AnyPanelOptions): AlertListPanel {
  return { kind: "alert-list", ...anyPanel(title, [], options, { width: 12, height: 8 }), matchers };
}

/**
 * Words, as Markdown.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/text/
 * @example
 * text("How to read this", "Each row is one service.", { description: "What the rows mean." });
 */
export function text(title: string, markdown: string, options: AnyPanelOptions): TextPanel {
  return { kind: "text", ...anyPanel(title, [], options, { width: 24, height: 4 }), markdown };
}
