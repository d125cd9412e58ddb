import { type Environment, type Platform, servicesIn } from "@plinth/core";
import {
  dashboardsIn,
  type LintExclusion,
  lintDashboard,
  lintDashboards,
  platformDashboardsOf,
  serviceDashboard,
} from "@plinth/dashboards";
import { alertPanels, promisePanels } from "@plinth/gitops-render";
import { catalogueWith } from "@plinth/metrics";
import { followLinks, followPageLinks } from "./dead-links.ts";
import type { Judge } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * The rules of Grafana's dashboard-linter and ours, over every rendered dashboard, and over all that one Grafana has together: uids that two share, links that lead
 * nowhere, from a dashboard, an alert or a runbook. The linter itself is not to be had as a Go module.
 *
 * @see https://github.com/grafana/dashboard-linter
 */
export const dashboards: Judge = {
  name: "dashboards",
  purpose: "no dashboard breaks a rule, and no link is dead",
  tools: [],
  judge: async ({ tree, platform, metrics }) => {
    const catalogue = catalogueWith(...metrics);
    let count = 0;
    const pages = followPageLinks(tree, platform);
    let followed = pages.followed;
    const findings = platform.environments.flatMap((environment) => {
      const files = objectsOfEnvironment(tree, environment.name).flatMap(({ file, resource }) =>
        dashboardsIn(resource).map(({ uid, text }) => ({ file: file.path, uid, text })),
      );
      count += files.length;
      const exclusions = exclusionsIn(platform, environment);
      const links = followLinks(tree, platform, environment);
      followed += links.followed;
      return [
        ...files.flatMap(({ file, uid, text }) =>
          lintDashboard(text, { exclusions: exclusions(uid), catalogue }).map((finding) => ({ ...finding, file })),
        ),
        ...lintDashboards(files),
        ...links.findings,
      ];
    });
    return { read: `${count} dashboards, ${followed} links`, findings: [...findings, ...pages.findings] };
  },
};

/** What dashboards leave out, with the reason: those of the platform each for themselves, those of services all the same. */
function exclusionsIn(platform: Platform, environment: Environment): (uid: string) => readonly LintExclusion[] {
  const known = new Map(
    platformDashboardsOf(platform, alertPanels(platform, environment), promisePanels(platform)).map(
      ({ uid, exclusions }) => [uid, exclusions],
    ),
  );
  const [service] = servicesIn(platform, environment);
  const ofServices = service === undefined ? [] : serviceDashboard({ platform, environment, service }).exclusions;
  return (uid) => known.get(uid) ?? ofServices;
}
