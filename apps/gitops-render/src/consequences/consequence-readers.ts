import type { TreeComparison } from "../comparison/tree-comparison.ts";
import { alertsConsequences } from "./alerts/alerts-consequences.ts";
import { capacityConsequences } from "./capacity/capacity-consequences.ts";
import type { ConsequenceReader } from "./consequence.ts";
import { dashboardsConsequences } from "./dashboards/dashboards-consequences.ts";
import { dataConsequences } from "./data/data-consequences.ts";
import { deliveryConsequences } from "./delivery/delivery-consequences.ts";
import { networkConsequences } from "./network/network-consequences.ts";
import { objectivesConsequences } from "./objectives/objectives-consequences.ts";
import { permissionsConsequences } from "./permissions/permissions-consequences.ts";
import { policiesConsequences } from "./policies/policies-consequences.ts";
import { type ReadConsequences, readConsequencesWith } from "./read-consequences.ts";
import { telemetryConsequences } from "./telemetry/telemetry-consequences.ts";

/** Everything that reads consequences, by what it reads. */
export const consequenceReaders: Readonly<Record<string, ConsequenceReader>> = {
  permissions: permissionsConsequences,
  network: networkConsequences,
  policies: policiesConsequences,
  alerts: alertsConsequences,
  objectives: objectivesConsequences,
  telemetry: telemetryConsequences,
  capacity: capacityConsequences,
  dashboards: dashboardsConsequences,
  data: dataConsequences,
  delivery: deliveryConsequences,
};

/**
 * What two trees mean to people, in every domain and environment. What one reader cannot read does not keep the others from it: a finding says what is missing.
 *
 * @param readers @default all
 * @example
 * const comparison = compareTrees(treeOfFiles("main", new Map()), treeOfFiles("the model", new Map()));
 * readConsequences(comparison).consequences; // []
 */
export function readConsequences(
  comparison: TreeComparison,
  readers: Readonly<Record<string, ConsequenceReader>> = consequenceReaders,
): ReadConsequences {
  return readConsequencesWith(readers, comparison);
}
