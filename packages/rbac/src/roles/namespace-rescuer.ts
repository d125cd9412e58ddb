import { defineRole, type RoleDefinition } from "./define-role.ts";
import { change } from "./intention.ts";
import { namespaceAdmin } from "./namespace-admin.ts";
import {
  analysis,
  availability,
  certificates,
  configuration,
  networking,
  promises,
  storage,
  workloads,
} from "./resource-groups.ts";

/** What a namespace admin may where people write, where only delivery does: for break-glass, and held by no group day by day. */
export const namespaceRescuer: RoleDefinition = defineRole("namespace-rescuer", {
  title:
    "Repairs the namespace by hand where only delivery writes, until a day; no secrets, no roles, no way into pods.",
  includes: [namespaceAdmin],
  may: [change(workloads, analysis, configuration, networking, availability, storage, promises, certificates)],
});
