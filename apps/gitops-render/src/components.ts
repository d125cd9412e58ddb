import { alertComponents } from "@plinth/alerts";
import type { Component } from "@plinth/core";
import { dashboardComponents, platformDashboards } from "@plinth/dashboards";
import { flowComponents, instrumentationComponents, otelComponents, scrapingComponents } from "@plinth/otel";
import { policyComponents } from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import { sloComponents } from "@plinth/slo";

import { alertPanels, promisePanels } from "./dashboards/platform-panels.ts";
import { deliveryComponent } from "./delivery/delivery-component.ts";

/** Everything that Plinth makes of a platform. */
export const components: readonly Component[] = [
  ...rbacComponents,
  ...policyComponents,
  ...otelComponents,
  ...instrumentationComponents,
  ...scrapingComponents,
  ...flowComponents,
  ...alertComponents,
  ...sloComponents,
  ...dashboardComponents,
  platformDashboards({ alerts: alertPanels, promises: promisePanels }),
  deliveryComponent,
];
