import type { Platform } from "@plinth/core";
import { defineRole, type RoleDefinition } from "../roles/define-role.ts";
import { change, read, readLogs } from "../roles/intention.ts";
import { events, pods, revisions } from "../roles/resource-groups.ts";
import { deliveryKinds, ownKinds, platformKinds, resourcesOf } from "./delivered-kinds.ts";

const own = resourcesOf("what a team delivers", ownKinds);
const rendered = resourcesOf("what the platform renders besides", platformKinds);

/** What a sync of a team's own repositories may in the team's namespace, whatever Argo CD itself may. Logs and events are for whoever looks through Argo CD. */
export const namespaceDelivery: RoleDefinition = defineRole("namespace-delivery", {
  title:
    "Delivers a team's own repositories into its namespace: no quota, no network policy, no role, no account, no secret.",
  may: [read(own, pods, revisions, events), change(own), readLogs(pods)],
});

/** What a sync of the platform's repository may in a team's namespace. */
export const platformDelivery: RoleDefinition = defineRole("platform-delivery", {
  title: "Delivers what is rendered for a team into its namespace: no quota, no role, no secret.",
  includes: [namespaceDelivery],
  may: [read(rendered), change(rendered)],
});

/**
 * What a sync of the root may in the namespace of Argo CD or Flux.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * const { name } = applicationDelivery(platform);
 */
export function applicationDelivery(platform: Platform): RoleDefinition {
  const delivery = resourcesOf("what delivers the rest", deliveryKinds(platform));
  return defineRole("application-delivery", {
    title:
      platform.delivery.by === "flux"
        ? "Delivers sources and kustomizations into Flux's own namespace."
        : "Delivers applications and projects into Argo CD's own namespace.",
    may: [read(delivery), change(delivery)],
  });
}
