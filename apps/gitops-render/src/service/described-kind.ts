import { isRecord } from "@plinth/core";
import type { Dashboard } from "@plinth/dashboards";
import type { Metric } from "@plinth/metrics";
import type { ServiceDefinition } from "@plinth/slo";

/** Something that a module of a service's repository exports. */
export type Described =
  | { readonly kind: "service"; readonly value: ServiceDefinition }
  | { readonly kind: "dashboard"; readonly value: Dashboard }
  | { readonly kind: "metric"; readonly value: Metric };

/** What a value is by its shape; what its fields say is checked when it is rendered. */
export function describedKind(value: unknown): Described | undefined {
  if (isServiceDefinition(value)) return { kind: "service", value };
  if (isDashboard(value)) return { kind: "dashboard", value };
  return isMetric(value) ? { kind: "metric", value } : undefined;
}

function isServiceDefinition(value: unknown): value is ServiceDefinition {
  return hasTexts(value, "name", "team") && hasLists(value, "promises");
}

function isDashboard(value: unknown): value is Dashboard {
  return (
    hasTexts(value, "uid", "title", "description", "timeRange", "refresh") &&
    hasLists(value, "tags", "dataSources", "links", "rows", "exclusions") &&
    isRecord(value) &&
    Array.isArray(value["rows"]) &&
    value["rows"].every(isRow)
  );
}

function isRow(value: unknown): boolean {
  return (
    hasTexts(value, "id", "title") &&
    hasLists(value, "panels", "variables") &&
    isRecord(value) &&
    Array.isArray(value["panels"]) &&
    value["panels"].every(isPanel)
  );
}

function isPanel(value: unknown): boolean {
  return hasTexts(value, "kind", "id", "title") && hasLists(value, "queries", "links");
}

function isMetric(value: unknown): value is Metric {
  return hasTexts(value, "name", "type", "unit", "help", "source") && hasLists(value, "labels");
}

function hasTexts(value: unknown, ...names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => typeof value[name] === "string");
}

function hasLists(value: unknown, ...names: readonly string[]): boolean {
  return isRecord(value) && names.every((name) => Array.isArray(value[name]));
}
