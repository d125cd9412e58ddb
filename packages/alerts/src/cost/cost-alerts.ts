import type { Alert } from "../alert/alert.ts";
import { clusterCostJump, costDataMissing, namespaceOverBudget } from "./budgets.ts";
import { clusterIdle, namespaceOverRequested, persistentVolumeClaimUnused, persistentVolumeOrphaned } from "./waste.ts";

/** Alerts about money. */
export const costAlerts: readonly Alert[] = [
  namespaceOverBudget,
  clusterCostJump,
  costDataMissing,
  clusterIdle,
  namespaceOverRequested,
  persistentVolumeOrphaned,
  persistentVolumeClaimUnused,
];
