import { type DashboardFile, dashboardJson, sloDetailDashboard, sloOverviewDashboard } from "@plinth/dashboards";
import { platformDashboardTopics, platformDashboardUid } from "@plinth/metrics";

/** Uids of dashboards that the platform renders of what a service's repository does not know: other services, teams, its own topics. */
const ofPlatform = /^(?:service|overview)-[a-z0-9-]+$/;
const topics: ReadonlySet<string> = new Set(platformDashboardTopics.map(platformDashboardUid));

/**
 * The dashboards of the platform that those of a service's repository lead to. Those about SLOs are the same everywhere and stand here as they are; of others only
 * the name is known, and any panel or variable of them may be there.
 */
export function platformDashboardFiles(own: readonly DashboardFile[]): readonly DashboardFile[] {
  const there = new Set(own.map(({ file }) => file));
  const linked = own.flatMap(({ text }) => [...text.matchAll(/"\/d\/([^/?#"]+)([^"]*)"/g)]);
  const places = Map.groupBy(
    linked.filter(([, uid = ""]) => !there.has(uid) && (ofPlatform.test(uid) || topics.has(uid))),
    ([, uid = ""]) => uid,
  );
  return [
    ...[sloOverviewDashboard(), sloDetailDashboard()]
      .filter(({ uid }) => !there.has(uid))
      .map((dashboard) => ({ file: `the platform's ${dashboard.uid}`, text: dashboardJson(dashboard) })),
    ...[...places].map(([uid, matches]) => ({
      file: `the platform's ${uid}`,
      text: JSON.stringify(
        assumed(
          uid,
          matches.map(([, , query = ""]) => query),
        ),
      ),
    })),
    { file: "the platform's teams", text: JSON.stringify({ uid: "", tags: ["plinth", "team", "service"] }) },
  ];
}

/** A dashboard that has what links ask of it. */
function assumed(uid: string, queries: readonly string[]): unknown {
  const all = (pattern: RegExp): readonly string[] => [
    ...new Set(queries.flatMap((query) => [...query.matchAll(pattern)].map(([, found = ""]) => found))),
  ];
  return {
    uid,
    tags: [],
    panels: all(/viewPanel=(?:panel-)?(\d+)/g).map((id) => ({ id: Number(id) })),
    templating: { list: all(/[?&]var-(\w+)=/g).map((name) => ({ name })) },
  };
}
