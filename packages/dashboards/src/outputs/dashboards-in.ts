import { fieldAt, type Resource, textAt, textMapAt } from "@plinth/core";
import { printJson } from "../grafana/print-json.ts";
import { dashboardLabel, folderAnnotation } from "./config-map.ts";
import { apiFolderAnnotation } from "./grafana-manifest.ts";
import { classicOf } from "./schema-v2/classic-of.ts";

/** A dashboard in an object that brings it to Grafana. */
export interface DeliveredDashboard {
  /** As its object says it, or its file; the JSON may say another. */
  readonly uid: string;
  /** Title, name or uid of its folder: what its object knows it by. */
  readonly folder: string;
  /** Its classic JSON, whatever form its object holds. */
  readonly text: string;
  /** Where in the object it stands: `data["service-checkout.json"]`. */
  readonly path: string;
}

/**
 * The dashboards that an object brings to Grafana, whichever way: a ConfigMap with the sidecar's label, a `GrafanaDashboard`, a `GrafanaManifest`. None for any other object.
 *
 * @example
 * declare const resource: import("@plinth/core").Resource;
 * dashboardsIn(resource).map(({ uid }) => uid);
 */
export function dashboardsIn(resource: Resource): readonly DeliveredDashboard[] {
  switch (resource.kind) {
    case "ConfigMap":
      return inConfigMap(resource);
    case "GrafanaDashboard":
      return inGrafanaDashboard(resource);
    case "GrafanaManifest":
      return inGrafanaManifest(resource);
    default:
      return [];
  }
}

/** The kinds of objects that `dashboardsIn` looks into. */
export const dashboardKinds = ["ConfigMap", "GrafanaDashboard", "GrafanaManifest"] as const;

function inConfigMap(resource: Resource): readonly DeliveredDashboard[] {
  if (resource.metadata.labels?.[dashboardLabel.name] === undefined) return [];
  const folder = resource.metadata.annotations?.[folderAnnotation] ?? "";
  return Object.entries(textMapAt(resource, "data")).flatMap(([file, text]) =>
    file.endsWith(".json")
      ? [{ uid: file.slice(0, -".json".length), folder, text, path: `data[${JSON.stringify(file)}]` }]
      : [],
  );
}

function inGrafanaDashboard(resource: Resource): readonly DeliveredDashboard[] {
  const text = textAt(resource, "spec", "json");
  if (text === "") return [];
  const folder = ["folderRef", "folderUID", "folder"].map((key) => textAt(resource, "spec", key)).find(Boolean) ?? "";
  return [{ uid: textAt(resource, "spec", "uid"), folder, text, path: "spec.json" }];
}

function inGrafanaManifest(resource: Resource): readonly DeliveredDashboard[] {
  const template = fieldAt(resource, "spec", "template");
  if (textAt(template, "kind") !== "Dashboard") return [];
  const uid = textAt(template, "metadata", "name");
  const spec = fieldAt(template, "spec");
  const folder = textMapAt(template, "metadata", "annotations")[apiFolderAnnotation] ?? "";
  // Other versions of Grafana's resource hold the classic form.
  const classic = fieldAt(spec, "elements") === undefined ? { ...Object(spec), uid } : classicOf(uid, spec);
  return [{ uid, folder, text: printJson(classic), path: "spec.template.spec" }];
}
