import { defineRole, type RoleDefinition } from "./define-role.ts";
import { read } from "./intention.ts";
import {
  analysis,
  availability,
  certificates,
  collectors,
  configuration,
  events,
  externalSecrets,
  identities,
  issuers,
  monitors,
  namespacePolicies,
  networking,
  pods,
  policyReports,
  promises,
  revisions,
  storage,
  tenancyLimits,
  trafficRules,
  usage,
  workloads,
} from "./resource-groups.ts";

/** Sees what runs in the namespace and how it is set up. No logs: they hold what users send. */
export const namespaceViewer: RoleDefinition = defineRole("namespace-viewer", {
  title: "Sees what runs in the namespace and how it is set up; no logs, no secrets.",
  may: [
    read(workloads, analysis, pods, revisions, usage, events),
    read(configuration, availability, networking, trafficRules, storage),
    read(tenancyLimits, identities),
    read(certificates, issuers, externalSecrets, promises, monitors, collectors, policyReports, namespacePolicies),
  ],
});
