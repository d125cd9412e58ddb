import type { Team } from "@plinth/core";
import { teamFolderUid } from "./team-folder-uid.ts";

/** A folder of Grafana, as each way of delivery names it. */
export interface DashboardFolder {
  /** Of the `GrafanaFolder`, by which a `GrafanaDashboard` of the same namespace finds it. */
  readonly name: string;
  /** What people read, and by which the sidecar's provisioning finds it. */
  readonly title: string;
  /** By which the API finds it: at most 40 letters, digits, `-` and `_`. */
  readonly uid: string;
}

/**
 * The folder of a team: called as the team is.
 *
 * @example
 * teamDashboardFolder("backend"); // { name: "backend", title: "backend", uid: "team-backend" }
 */
export function teamDashboardFolder(team: Team["name"] | string): DashboardFolder {
  return { name: team, title: team, uid: teamFolderUid(team) };
}

/** The folder of the dashboards about the platform itself. */
export const platformDashboardFolder: DashboardFolder = { name: "platform", title: "Platform", uid: "platform" };

/** The folder of the dashboards about SLOs. */
export const sloDashboardFolder: DashboardFolder = { name: "slo", title: "Service level objectives", uid: "slo" };
