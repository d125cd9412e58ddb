import { type ApplicationComponent, type Component, namespaceOf } from "@plinth/core";
import { dashboardJson } from "./grafana/dashboard-json.ts";
import { provenDashboardResource } from "./grafana-operator/dashboard-resource.ts";
import { teamFolder } from "./grafana-operator/team-folder.ts";
import { serviceDashboard } from "./service/service-dashboard.ts";

/** A folder for each team, and in it a dashboard for each of its services. */
const dashboards: ApplicationComponent = {
  name: "dashboards",
  layer: "application",
  perTeam: (_platform, _environment, team) => [teamFolder(team)],
  perService: (platform, environment, service) => {
    const dashboard = serviceDashboard({ platform, environment, service });
    return [
      provenDashboardResource(dashboard, dashboardJson(dashboard), {
        name: service.name,
        namespace: namespaceOf(platform, service),
        folder: service.team,
      }),
    ];
  },
};

/** What people look at: the components that render dashboards. */
export const dashboardComponents: readonly Component[] = [dashboards];
