import { type ApplicationComponent, type Component, type FoundationComponent, namespaceOf } from "@plinth/core";
import { grafanaDataSources } from "./data-sources/data-source-component.ts";
import { teamDashboardFolder } from "./folders/dashboard-folder.ts";
import { teamFolder } from "./folders/team-folder.ts";
import { deliveredDashboard } from "./outputs/delivered-dashboard.ts";
import { serviceDashboard } from "./service/service-dashboard.ts";
import { sloDashboardResources } from "./slo/slo-resources.ts";
import { teamDashboard } from "./team/team-dashboard.ts";

/** A folder for each team, and in it a dashboard of the team and one for each of its services. */
const dashboards: ApplicationComponent = {
  name: "dashboards",
  layer: "application",
  perTeam: (platform, environment, team) => {
    const dashboard = teamDashboard({ platform, environment, team });
    return [
      ...teamFolder(platform, environment, team),
      deliveredDashboard(platform.dashboards.delivery, dashboard, {
        name: dashboard.uid,
        namespace: team.namespace,
        folder: teamDashboardFolder(team.name),
      }),
    ];
  },
  perService: (platform, environment, service) => {
    const dashboard = serviceDashboard({ platform, environment, service });
    return [
      deliveredDashboard(platform.dashboards.delivery, dashboard, {
        name: service.name,
        namespace: namespaceOf(platform, service),
        folder: teamDashboardFolder(service.team),
      }),
    ];
  },
};

/** The dashboards about SLOs: equal in all environments, whose label their variables choose. */
const sloDashboards: FoundationComponent = {
  name: "slo-dashboards",
  layer: "foundation",
  shared: sloDashboardResources,
};

/** What people look at: the components that render dashboards. */
export const dashboardComponents: readonly Component[] = [dashboards, sloDashboards, grafanaDataSources];
