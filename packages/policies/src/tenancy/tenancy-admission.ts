import type { FoundationComponent } from "@plinth/core";
import { allowedNamesPolicies } from "./allowed-names.ts";
import { cordonPolicies } from "./cordon.ts";
import { nodeSelectionPolicies } from "./node-selection.ts";
import { tenancyFindings } from "./tenancy-findings.ts";

/**
 * What a team may use and where its pods run, enforced by the API server itself: one small policy for each concern, with a table of the teams that it
 * concerns. A policy that concerns no team is not rendered.
 *
 * @see https://projectcapsule.dev/docs/tenants/ for the fields whose meaning is matched
 */
export const tenancyAdmission: FoundationComponent = {
  name: "tenancy-admission",
  layer: "foundation",
  perEnvironment: (platform, environment) => [
    ...allowedNamesPolicies(platform),
    ...nodeSelectionPolicies(platform, environment),
    ...cordonPolicies(platform, environment),
  ],
  check: tenancyFindings,
};
