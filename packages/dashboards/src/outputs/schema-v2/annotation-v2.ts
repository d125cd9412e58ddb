import type { AnnotationQuery } from "@grafana/grafana-foundation-sdk/dashboard";
import type { AnnotationQueryKind } from "@grafana/grafana-foundation-sdk/dashboardv2";
import type { Plain } from "../../grafana/grafana-types.ts";
import { objectAt } from "../../json/json-value.ts";
import { dataQuery, plainJson } from "./panel-v2.ts";

// What the second schema has fields for; the rest is what the data source reads.
const fields: ReadonlySet<string> = new Set([
  "name",
  "datasource",
  "enable",
  "hide",
  "iconColor",
  "filter",
  "target",
  "builtIn",
  "mappings",
]);

/** Marks on every panel. */
export function annotationV2(annotation: AnnotationQuery): Plain<AnnotationQueryKind> {
  const json = plainJson(annotation);
  const others = Object.entries(json).filter(([key]) => !fields.has(key));
  return {
    kind: "AnnotationQuery",
    spec: {
      name: annotation.name,
      enable: annotation.enable,
      hide: annotation.hide ?? false,
      iconColor: annotation.iconColor,
      query: dataQuery(json, objectAt(json, "target")),
      ...(others.length === 0 ? {} : { legacyOptions: Object.fromEntries(others) }),
    },
  };
}
