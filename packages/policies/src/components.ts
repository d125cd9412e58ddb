import type { Component } from "@plinth/core";
import { admissionPolicies } from "./admission/admission-policies.ts";
import { cleanUp } from "./clean-up/clean-up-component.ts";
import { generators } from "./generators/generators.ts";
import { guardRails } from "./guard-rails/guard-rails.ts";
import { mutations } from "./mutations/mutations.ts";
import { networkComponents } from "./network/network-components.ts";
import { networkReview } from "./network-lints/network-review.ts";
import { remembered } from "./network-lints/remembered.ts";
import { tenancyAdmission } from "./tenancy/tenancy-admission.ts";

// What is rendered is what is reviewed.
const network: readonly Component[] = networkComponents.map(remembered);

/**
 * Everything that this package renders: what is admitted to the namespaces of teams, and who may talk to whom in them and in those of the platform.
 *
 * @example
 * import { type Platform, plan } from "@plinth/core";
 * declare const platform: Platform;
 * plan(platform, policyComponents).files.map(({ path }) => path);
 */
export const policyComponents: readonly Component[] = [
  admissionPolicies,
  tenancyAdmission,
  guardRails,
  mutations,
  generators,
  cleanUp,
  ...network,
  networkReview(network),
];
