import { defineRole, type RoleDefinition } from "./define-role.ts";
import { read } from "./intention.ts";
import {
  availability,
  certificates,
  configuration,
  events,
  externalSecrets,
  identities,
  networking,
  pods,
  policyReports,
  promises,
  revisions,
  storage,
  telemetry,
  tenancyLimits,
  trafficRules,
  usage,
  workloads,
} from "./resource-groups.ts";

/** Sees what runs in the namespace and how it is set up. No logs: they hold what users send. */
export const namespaceViewer: RoleDefinition = defineRole("namespace-viewer", {
  title: "Sees what runs in the namespace and how it is set up; no logs, no secrets.",
  may: [
    read(workloads, pods, revisions, usage, events),
    read(configuration, availability, networking, trafficRules, storage),
    read(tenancyLimits, identities),
    read(certificates, externalSecrets, promises, telemetry, policyReports),
  ],
});
