import {
  attachFindings,
  type DashboardDelivery,
  describeResource,
  fieldAt,
  type Resource,
  textAt,
  textMapAt,
} from "@plinth/core";
import type { DashboardFolder } from "../folders/dashboard-folder.ts";
import { classicDashboard } from "../grafana/dashboard-json.ts";
import { printJson } from "../grafana/print-json.ts";
import type { Dashboard } from "../model/dashboard.ts";
import { dashboardConfigMap } from "./config-map.ts";
import { grafanaDashboard } from "./grafana-dashboard.ts";
import { grafanaManifest } from "./grafana-manifest.ts";

/** Where a dashboard's object lies, and where Grafana shows it. */
export interface DashboardPlace {
  /** Of the dashboard among those of its namespace: `checkout`. */
  readonly name: string;
  readonly namespace: string;
  readonly folder: DashboardFolder;
}

// What is safe below the 1 MiB of a ConfigMap and the 1.5 MiB of etcd, with labels and managed fields: https://kubernetes.io/docs/concepts/configuration/configmap/
const MAX_BYTES = 1_000_000;

/**
 * The one place that decides how a dashboard reaches Grafana. The tests have linted every form of those that are made of the model; how large one becomes depends on the
 * platform, and is a finding here.
 */
export function deliveredDashboard(delivery: DashboardDelivery, dashboard: Dashboard, place: DashboardPlace): Resource {
  const resource = objectOf(delivery, dashboard, place);
  const bytes = sizeOf(resource);
  if (bytes <= MAX_BYTES) return resource;
  return attachFindings(resource, [
    {
      code: "invalid-resource",
      severity: "error",
      resource: describeResource(resource),
      message: `the dashboard ${JSON.stringify(dashboard.title)} has ${bytes} bytes (dashboard-size)`,
      expected: `at most ${MAX_BYTES} bytes: make two dashboards of it`,
    },
  ]);
}

function objectOf(delivery: DashboardDelivery, dashboard: Dashboard, place: DashboardPlace): Resource {
  const classic = classicDashboard(dashboard);
  switch (delivery) {
    case "config-map":
      return dashboardConfigMap(dashboard.uid, printJson(classic), place);
    case "grafana-dashboard":
      return grafanaDashboard(dashboard.uid, printJson(classic), place);
    case "grafana-manifest":
      return grafanaManifest(dashboard.uid, classic, place);
  }
}

/** Of what is delivered: its texts, or all of it where it is no text. */
function sizeOf(resource: Resource): number {
  const manifest = fieldAt(resource, "spec", "template", "spec");
  if (manifest !== undefined) return Buffer.byteLength(JSON.stringify(manifest));
  const texts = [textAt(resource, "spec", "json"), ...Object.values(textMapAt(resource, "data"))];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
