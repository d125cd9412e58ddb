import { alertComponents } from "@plinth/alerts";
import type { Component } from "@plinth/core";
import { dashboardComponents } from "@plinth/dashboards";
import { otelComponents } from "@plinth/otel";
import { policyComponents } from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import { sloComponents } from "@plinth/slo";
import { argoCdComponent } from "./argocd/argocd-component.ts";

/** Everything that Plinth makes of a platform. */
export const components: readonly Component[] = [
  ...rbacComponents,
  ...policyComponents,
  ...otelComponents,
  ...alertComponents,
  ...sloComponents,
  ...dashboardComponents,
  argoCdComponent,
];
