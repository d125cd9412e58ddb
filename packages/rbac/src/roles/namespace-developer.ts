import { execIsOpen, peopleWrite } from "./condition.ts";
import { defineRole, type RoleDefinition } from "./define-role.ts";
import { change, exec, forwardPorts, promote, readLogs, restart, scale, where } from "./intention.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import {
  analysis,
  availability,
  configuration,
  networking,
  pods,
  promises,
  storage,
  workloads,
} from "./resource-groups.ts";

/** Runs the team's services: logs and restarts everywhere, changes where people write by hand. */
export const namespaceDeveloper: RoleDefinition = defineRole("namespace-developer", {
  title: "Runs the team's services: reads logs and restarts pods; ships and scales where people write by hand.",
  includes: [namespaceViewer],
  may: [
    readLogs(pods),
    restart(pods),
    where(
      peopleWrite,
      change(workloads, analysis, configuration, networking, availability, storage, promises),
      scale(workloads),
      promote(workloads),
    ),
    where(execIsOpen, exec(pods), forwardPorts(pods)),
  ],
});
