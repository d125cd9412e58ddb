import { type Component, type FoundationComponent, once, type Platform } from "@plinth/core";
import { permissionMatrix } from "../matrix/permission-matrix.ts";
import { renderedAccess } from "./rbac-resources.ts";
import { type ReviewedAccess, reviewAccess, reviewFindings } from "./review.ts";

/**
 * Looks at who may do what in each environment, over everything that the given components make: risks that nobody has accepted, ways to more than one has,
 * roles that are not contained in each other, bindings of nothing. Writes who may do what as one page for each environment.
 *
 * @param components those that make Roles, bindings and ServiceAccounts; asked for when they are all defined
 *
 * @example
 * import type { Component } from "@plinth/core";
 * const reviewed: readonly Component[] = [teamAccess, platformAccess, workloadIdentity];
 * const components: readonly Component[] = [...reviewed, accessReview(() => reviewed)];
 */
export function accessReview(components: () => readonly Component[]): FoundationComponent {
  // Findings and pages are about the same objects.
  const review = once((platform: Platform) => reviewAll(platform, components()));
  return {
    name: "access-review",
    layer: "foundation",
    documents: (platform) =>
      review(platform).map((reviewed) => ({
        path: `docs/permissions/${reviewed.access.environment.name}.md`,
        text: permissionMatrix(platform, reviewed),
      })),
    check: (platform, { today }) => reviewFindings(platform, review(platform), today),
  };
}

/** Every environment. Nothing where a component throws: `plan` says so, and half of the objects would be judged wrongly. */
function reviewAll(platform: Platform, components: readonly Component[]): readonly ReviewedAccess[] {
  try {
    return renderedAccess(platform, platform.environments, components).map(reviewAccess);
  } catch {
    return [];
  }
}
