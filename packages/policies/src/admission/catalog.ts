import { disallowLatestTag } from "../best-practices/disallow-latest-tag.ts";
import { requireLabels } from "../compliance/require-labels.ts";
import { disallowHostNamespaces } from "../pod-security/disallow-host-namespaces.ts";
import { disallowHostPath } from "../pod-security/disallow-host-path.ts";
import { disallowPrivilegedContainers } from "../pod-security/disallow-privileged-containers.ts";
import { requireRequestsLimits } from "../resources/require-requests-limits.ts";
import type { Policy } from "./policy.ts";

/** Every policy, by name: what is rendered, judged and documented. */
export const policyCatalog: readonly Policy[] = [
  disallowHostNamespaces,
  disallowHostPath,
  disallowLatestTag,
  disallowPrivilegedContainers,
  requireLabels,
  requireRequestsLimits,
];
