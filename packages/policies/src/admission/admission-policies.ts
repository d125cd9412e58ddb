import type { FoundationComponent } from "@plinth/core";
import { policyCatalog } from "./catalog.ts";
import { policyFindings } from "./policy-findings.ts";
import { namespaceFindings, rolloutOf } from "./rollout.ts";
import { validatingPolicies } from "./validating-policy.ts";

/** What is admitted to the namespaces of teams: every policy of the catalogue, audited or enforced as the environment says. */
export const admissionPolicies: FoundationComponent = {
  name: "admission-policies",
  layer: "foundation",
  perEnvironment: (platform, environment) =>
    platform.teams.length === 0
      ? []
      : policyCatalog.flatMap((policy) => validatingPolicies(policy, rolloutOf(policy, platform, environment))),
  check: (platform) => [...policyFindings(policyCatalog), ...namespaceFindings(platform)],
};
