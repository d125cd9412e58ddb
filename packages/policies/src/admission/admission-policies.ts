import type { FoundationComponent, Resource } from "@plinth/core";
import { exceptionFindings } from "../exceptions/exception-findings.ts";
import { policyExceptions } from "../exceptions/policy-exceptions.ts";
import { rolloutFindings } from "../rollout/rollout-findings.ts";
import { rolloutPage } from "../rollout/rollout-page.ts";
import {
  type ImageVerification,
  imageVerificationFindings,
  imageVerificationPolicies,
} from "../supply-chain/image-verification.ts";
import { policyCatalog } from "./catalog.ts";
import { type AnyPolicy, policyIn } from "./policy.ts";
import { policyFindings } from "./policy-findings.ts";
import { policyPages } from "./policy-pages.ts";
import { namespaceFindings, rolloutOf } from "./rollout.ts";
import { validatingPolicies } from "./validating-policy.ts";

/** What is admitted, where the catalogue as it is does not say it. */
export interface AdmissionOptions {
  /** The policies; those with parameters through their `with`. @default `policyCatalog` */
  readonly policies?: readonly AnyPolicy[];
  /** Whose signature images must bear. @default none: signatures are not looked at */
  readonly imageVerification?: ImageVerification;
}

/**
 * What is admitted to the namespaces of teams: each policy reports, warns or refuses as rollouts and the environment say, lets pass what
 * exceptions name, and has a page for people.
 *
 * @example
 * createAdmissionPolicies({
 *   policies: policyCatalog.map((policy) =>
 *     policy.name === "restrict-image-registries" ? restrictImageRegistries.with({ registries: ["registry.example.net/"] }) : policy,
 *   ),
 * });
 */
export function createAdmissionPolicies({
  policies = policyCatalog,
  imageVerification,
}: AdmissionOptions = {}): FoundationComponent {
  return {
    name: "admission-policies",
    layer: "foundation",
    perEnvironment: (platform, environment): readonly Resource[] => {
      if (platform.teams.length === 0) return [];
      const validating = policies.flatMap((policy) => {
        const resolved = policyIn(policy, platform, environment);
        return resolved === undefined ? [] : validatingPolicies(resolved, rolloutOf(resolved, platform, environment));
      });
      const verifying =
        imageVerification === undefined ? [] : imageVerificationPolicies(imageVerification, platform, environment);
      return [...validating, ...verifying, ...policyExceptions(policies, platform, environment)];
    },
    documents: (platform) => [...policyPages(policies, platform), rolloutPage(policies, platform)],
    check: (platform, { today }) => [
      ...policyFindings(policies),
      ...namespaceFindings(platform),
      ...rolloutFindings(platform, policies, today),
      ...exceptionFindings(platform, policies, today),
      ...(imageVerification === undefined ? [] : imageVerificationFindings(imageVerification)),
    ],
  };
}

/** What is admitted to the namespaces of teams: every policy of the catalogue, audited or enforced as the environment says. */
export const admissionPolicies: FoundationComponent = createAdmissionPolicies();
