import type { Component } from "@plinth/core";
import { admissionPolicies } from "./admission/admission-policies.ts";
import { dataStoreNetwork } from "./network/data-store-network.ts";
import { networkBaseline } from "./network/network-baseline.ts";
import { serviceNetwork } from "./network/service-network.ts";

/**
 * Everything that this package renders: what is admitted to the namespaces of teams, and who may talk to whom in them.
 *
 * @example
 * import { type Platform, plan } from "@plinth/core";
 * declare const platform: Platform;
 * plan(platform, policyComponents).files.map(({ path }) => path);
 */
export const policyComponents: readonly Component[] = [
  admissionPolicies,
  networkBaseline,
  serviceNetwork,
  dataStoreNetwork,
];
