import { fieldAt, servicesIn } from "@plinth/core";
import { lintDashboard, lintDashboards, serviceDashboard } from "@plinth/dashboards";
import type { Judge } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * The rules of Grafana's dashboard-linter and ours, over every rendered dashboard, and over all that one Grafana has together: uids that two share, links that lead
 * nowhere. The linter itself is not to be had as a Go module.
 *
 * @see https://github.com/grafana/dashboard-linter
 */
export const dashboards: Judge = {
  name: "dashboards",
  purpose: "no dashboard breaks a rule, and no link is dead",
  tools: [],
  judge: async ({ tree, platform }) => {
    let count = 0;
    const findings = platform.environments.flatMap((environment) => {
      const files = objectsOfEnvironment(tree, environment.name).flatMap(({ file, resource }) => {
        const text = fieldAt(resource, "spec", "json");
        return resource.kind === "GrafanaDashboard" && typeof text === "string" ? [{ file: file.path, text }] : [];
      });
      count += files.length;
      const [service] = servicesIn(platform, environment);
      // What the dashboards of services leave out, with the reason, is the same for each of them.
      const exclusions = service === undefined ? [] : serviceDashboard({ platform, environment, service }).exclusions;
      return [
        ...files.flatMap(({ file, text }) =>
          lintDashboard(text, { exclusions }).map((finding) => ({ ...finding, file })),
        ),
        ...lintDashboards(files),
      ];
    });
    return { read: `${count} dashboards`, findings };
  },
};
