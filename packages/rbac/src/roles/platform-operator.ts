import { nodes } from "./cluster-resource-groups.ts";
import { execIsOpen, peopleWrite } from "./condition.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { change, cordon, debug, promote, readLogs, renew, restart, scale, where } from "./intention.ts";
import { platformViewer } from "./platform-viewer.ts";
import {
  analysis,
  certificates,
  collectors,
  monitors,
  pods,
  policyReports,
  promises,
  rollouts,
  workloads,
} from "./resource-groups.ts";

/**
 * Keeps the clusters running: logs, restarts, replicas, nodes, and what the platform's operators are told. What becomes a pod with a ServiceAccount of
 * its writer's choice (a collector, a rollout) is as strong as the strongest of the cluster, so it is written by hand only where people write.
 */
export const platformOperator: RoleDefinition = defineRole("platform-operator", {
  title:
    "Keeps the clusters running: reads logs, restarts, scales, drains nodes, changes rules, monitors and certificates; no secrets, no roles, no policies.",
  includes: [platformViewer],
  may: [
    readLogs(pods),
    restart(pods),
    scale(workloads),
    promote(workloads),
    cordon(nodes),
    renew(certificates),
    change(promises, monitors, certificates, policyReports),
    where(peopleWrite, change(collectors, rollouts, analysis)),
    where(execIsOpen, debug(pods)),
  ],
});
