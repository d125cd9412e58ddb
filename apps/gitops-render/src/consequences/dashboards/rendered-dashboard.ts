import { fieldAt, isRecord, listAt, once, textAt } from "@plinth/core";
import { type DeliveredDashboard, dashboardsIn } from "@plinth/dashboards";
import type { TreeObject } from "../../comparison/tree-comparison.ts";

/** A dashboard as it is rendered. */
export interface RenderedDashboard {
  readonly object: TreeObject;
  readonly title: string;
  /** What its address is made of: `/d/<uid>`. */
  readonly uid: string;
  /** Where it lies, as its object says it. */
  readonly folder: string;
  readonly panels: readonly RenderedPanel[];
  readonly variables: readonly { readonly name: string; readonly content: unknown }[];
  readonly links: readonly unknown[];
  /** All that it says. */
  readonly json: unknown;
}

export interface RenderedPanel {
  readonly title: string;
  /** What it asks, in the order of the queries. */
  readonly queries: readonly string[];
  /** Where good ends and bad begins. */
  readonly thresholds: unknown;
  readonly unit: string;
}

/** What an object says of dashboards: none for most ConfigMaps; `unread` for one that cannot be read. */
export const dashboardsOf: (object: TreeObject) => readonly (RenderedDashboard | "unread")[] = once(
  (object: TreeObject) => dashboardsIn(object.resource).map((delivered) => dashboardOf(object, delivered)),
);

function dashboardOf(object: TreeObject, { uid, folder, text }: DeliveredDashboard): RenderedDashboard | "unread" {
  const json = parsed(text);
  if (!isRecord(json)) return "unread";
  const { resource } = object;
  // Grafana's schema from version 2 on has its fields below `spec` when it is written as a resource.
  const content = isRecord(json["spec"]) ? json["spec"] : json;
  return {
    object,
    title: textAt(content, "title") || resource.metadata.name,
    uid: textAt(resource, "spec", "uid") || textAt(json, "uid") || textAt(json, "metadata", "name") || uid,
    folder,
    panels: [...listAt(content, "panels").flatMap(classicPanels), ...elementPanels(fieldAt(content, "elements"))],
    variables: [...listAt(content, "templating", "list"), ...listAt(content, "variables")].map((variable) => ({
      name: textAt(variable, "name") || textAt(variable, "spec", "name"),
      content: variable,
    })),
    links: listAt(content, "links"),
    json,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** A row holds the panels that it hides. */
function classicPanels(panel: unknown): readonly RenderedPanel[] {
  if (textAt(panel, "type") === "row") return listAt(panel, "panels").flatMap(classicPanels);
  return [
    {
      title: textAt(panel, "title") || `panel ${String(fieldAt(panel, "id") ?? "")}`.trim(),
      queries: listAt(panel, "targets").map(queryOf),
      thresholds: fieldAt(panel, "fieldConfig", "defaults", "thresholds", "steps"),
      unit: textAt(panel, "fieldConfig", "defaults", "unit"),
    },
  ];
}

/** Panels of the second schema: a map by name. */
function elementPanels(elements: unknown): readonly RenderedPanel[] {
  if (!isRecord(elements)) return [];
  return Object.entries(elements).map(([name, element]) => {
    const defaults = fieldAt(element, "spec", "vizConfig", "spec", "fieldConfig", "defaults");
    return {
      title: textAt(element, "spec", "title") || name,
      queries: listAt(element, "spec", "data", "spec", "queries").map((query) =>
        queryOf(fieldAt(query, "spec", "query", "spec")),
      ),
      thresholds: fieldAt(defaults, "thresholds", "steps"),
      unit: textAt(defaults, "unit"),
    };
  });
}

function queryOf(target: unknown): string {
  const query = textAt(target, "expr") || textAt(target, "query") || textAt(target, "rawSql");
  return query === "" ? JSON.stringify(target ?? null) : query;
}
