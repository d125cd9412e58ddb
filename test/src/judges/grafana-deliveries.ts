import {
  type DashboardDelivery,
  describeResource,
  type Finding,
  isRecord,
  type PlannedFile,
  type Platform,
  plan,
} from "@plinth/core";
import { dashboardsIn } from "@plinth/dashboards";
import { components } from "@plinth/gitops-render";
import type { Cluster } from "../cluster/start-cluster.ts";
import { clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { crdFiles } from "../tools/schemas.ts";
import { filledIn } from "./api-server.ts";
import type { Judge } from "./judge.ts";

const deliveries: readonly DashboardDelivery[] = ["config-map", "grafana-dashboard", "grafana-manifest"];
const ofGrafana: ReadonlySet<string> = new Set([
  "dashboards",
  "slo-dashboards",
  "platform-dashboards",
  "grafana-data-sources",
]);

/**
 * Whichever way dashboards reach Grafana, a real API server with grafana-operator's CRDs takes every object of it with strict validation and adds nothing, one way
 * after the other, and the dashboards show the same.
 */
export const grafanaDeliveries: Judge = {
  name: "grafana-deliveries",
  purpose: "dashboards, folders and data sources fit each way to Grafana, and show the same in all",
  tools: clusterTools({ controllerManager: false }),
  judge: async ({ platform, signal }) => {
    const crds = await crdFiles(["grafana-operator"]);
    if (crds.findings.length > 0) return { read: "nothing", findings: crds.findings };
    const planned = new Map(deliveries.map((delivery) => [delivery, filesOf(platform, delivery)]));
    let objects = 0;
    const findings = await withCluster({ controllerManager: false, crds: crds.files }, async (cluster) => {
      const refused: Finding[] = [];
      for (const files of planned.values()) {
        objects += files.length;
        for (const file of files) {
          signal.throwIfAborted();
          refused.push(...(await applied(cluster, file)));
        }
      }
      return refused;
    });
    const shown = [...planned].map(([delivery, files]) => ({ delivery, panels: panelsOf(files) }));
    const [first, ...others] = shown;
    for (const { delivery, panels } of others)
      for (const [uid, text] of first?.panels ?? [])
        if (panels.get(uid) !== text)
          findings.push({
            code: "rejected-by-judge",
            severity: "error",
            path: uid,
            message: `shows something else by ${delivery} than by ${first?.delivery}`,
            expected: "the same panels, places and questions",
          });
    return { read: `${objects} objects in ${deliveries.length} deliveries`, findings };
  },
};

/** What is for Grafana, in the environment that is delivered last. */
function filesOf(platform: Platform, delivery: DashboardDelivery): readonly PlannedFile[] {
  const environment = platform.environments.find(({ production }) => production) ?? platform.environments[0];
  const { files } = plan({ ...platform, dashboards: { delivery } }, components);
  return files.filter(
    ({ entry, resource }) =>
      resource !== undefined &&
      ofGrafana.has(entry.component ?? "") &&
      (entry.environment === undefined || entry.environment === environment?.name),
  );
}

const namespaces = new WeakMap<Cluster, Set<string>>();

async function applied(cluster: Cluster, file: PlannedFile): Promise<Finding[]> {
  const { path, resource } = file;
  if (resource === undefined) return [];
  const { namespace = "default" } = resource.metadata;
  const known = namespaces.get(cluster) ?? new Set();
  namespaces.set(cluster, known);
  if (!known.has(namespace)) {
    await cluster.applyYaml(`apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespace} }\n`);
    known.add(namespace);
  }
  const refuse = (message: string, expected: string): Finding => ({
    code: "rejected-by-judge",
    severity: "error",
    file: path,
    resource: describeResource(resource),
    message,
    expected,
  });
  const answer = await cluster.applyYaml(file.text());
  if (!answer.accepted)
    return [refuse(`the API server refuses it: ${answer.message}`, "an object that the API server stores")];
  return [
    ...answer.warnings.map((warning) => refuse(`the API server warns: ${warning}`, "no warnings")),
    ...filledIn(answer.object, resource).map((field) =>
      refuse(`the API server fills in ${field}`, "what is stored is what Git says"),
    ),
  ];
}

/** Panels of each dashboard: their titles, numbers, places and questions. The second schema has no numbers of rows. */
function panelsOf(files: readonly PlannedFile[]): ReadonlyMap<string, string> {
  return new Map(
    files.flatMap(({ resource }) =>
      (resource === undefined ? [] : dashboardsIn(resource)).map(({ uid, text }): [string, string] => {
        const dashboard: unknown = JSON.parse(text);
        const panels = isRecord(dashboard) && Array.isArray(dashboard["panels"]) ? dashboard["panels"] : [];
        const said = panels.map(({ id, type, title, gridPos, targets }) =>
          type === "row" ? { type, title, gridPos } : { id, type, title, gridPos, targets },
        );
        return [uid, JSON.stringify(said, sortedKeys)];
      }),
    ),
  );
}

/** Objects with their keys in order, so that two that are the same print the same. */
function sortedKeys(_key: string, value: unknown): unknown {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
}
