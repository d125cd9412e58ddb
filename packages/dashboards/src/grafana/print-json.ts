import { jsonText } from "../json/json-text.ts";
import { isJsonObject, type JsonObject, objectAt, textAt } from "../json/json-value.ts";

// Members that Grafana's builders write on every dashboard, variable, annotation, panel and link though nobody said them, each with what Grafana takes where
// nothing is said: a link that would be hidden in a menu, an interval's settings on a list of label values.
// https://github.com/grafana/grafana/blob/main/apps/dashboard/pkg/migration/conversion/v1_to_v2alpha1.go
const defaults: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["allowCustomValue", true],
  ["asDropdown", false],
  ["auto", false],
  ["auto_count", 30],
  ["auto_min", "10s"],
  ["builtIn", 0],
  ["fiscalYearStartMonth", 0],
  ["hide", false],
  ["includeVars", false],
  ["keepTime", false],
  ["placement", "inControlsMenu"],
  ["repeatDirection", "h"],
  ["skipUrlSync", false],
  ["targetBlank", false],
  ["transparent", false],
]);

// Lists that Grafana has where there is none.
const emptyLists: ReadonlySet<string> = new Set(["overrides", "tags"]);

/** A classic dashboard as a reviewer reads it: what `jsonText` prints, without what Grafana takes anyway. */
export function printJson(dashboard: unknown): string {
  return jsonText(isJsonObject(dashboard) ? withPanels(dashboard, sparePanel) : dashboard, isSaid);
}

function isSaid(key: string, member: unknown): boolean {
  return Array.isArray(member)
    ? member.length > 0 || !emptyLists.has(key)
    : !defaults.has(key) || defaults.get(key) !== member;
}

function withPanels(dashboard: JsonObject, change: (panel: JsonObject) => JsonObject): JsonObject {
  return "panels" in dashboard ? { ...dashboard, panels: changed(dashboard["panels"], change) } : dashboard;
}

/**
 * The builders give a panel's link all that a dashboard's own link has: of a panel's, Grafana reads the title and the address. And a question without a data
 * source of its own asks that of its panel.
 *
 * @see https://github.com/grafana/scenes/blob/main/packages/scenes/src/querying/SceneQueryRunner.ts
 */
function sparePanel(panel: JsonObject): JsonObject {
  const { links, targets } = panel;
  const asked = uidOf(panel);
  return {
    ...panel,
    links: changed(links, ({ title, url, targetBlank }) => ({ title, url, targetBlank })),
    targets: changed(targets, (target) =>
      asked !== undefined && uidOf(target) === asked ? { ...target, datasource: undefined } : target,
    ),
  };
}

function uidOf(json: JsonObject): string | undefined {
  return textAt(objectAt(json, "datasource"), "uid");
}

function changed(list: unknown, change: (member: JsonObject) => JsonObject): unknown {
  return Array.isArray(list) ? list.map((member) => (isJsonObject(member) ? change(member) : member)) : list;
}
