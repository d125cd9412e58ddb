import {
  type BreakGlass,
  buildResource,
  dayAfter,
  type Environment,
  type FoundationComponent,
  type Platform,
  type Resource,
  teamNamed,
} from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { clusterRole } from "../roles/define-role.ts";
import { namespaceRescuer } from "../roles/namespace-rescuer.ts";
import { breakGlassFindings } from "./break-glass-findings.ts";
import { bindingOf } from "./group-binding.ts";

/**
 * More than somebody's daily permissions, for a reason and until a day. Each is one binding that says why, and that Kyverno deletes by itself after its
 * last day; the render refuses the entry from then on, so that Git does not bring it back.
 *
 * @see https://kyverno.io/docs/guides/ttl-cleanup/
 */
export const breakGlassAccess: FoundationComponent = {
  name: "break-glass",
  layer: "foundation",
  perEnvironment: (platform, environment) => {
    const entries = entriesIn(platform, environment);
    if (entries.length === 0) return [];
    return [
      ...entries.map((entry) => breakGlassBinding(platform, entry)),
      ...(entries.some(({ role }) => role === namespaceRescuer.name)
        ? [clusterRole(namespaceRescuer, environment)]
        : []),
      ...(deletedByItself(platform) ? [cleanupRole()] : []),
    ];
  },
  check: (platform, { today }) => breakGlassFindings(platform, today, deletedByItself(platform)),
};

function entriesIn({ breakGlass }: Platform, { name }: Environment): readonly BreakGlass[] {
  return breakGlass.filter(({ environment }) => environment === name);
}

function breakGlassBinding(platform: Platform, entry: BreakGlass): Resource {
  return bindingOf({
    name: `break-glass-${entry.name}`,
    ...(entry.team === undefined ? {} : { namespace: teamNamed(platform, entry.team).namespace }),
    // A day as Kyverno parses it: midnight UTC at its beginning (api/kyverno/constants.go, ValueTtlDateLayout). So the day after the last.
    labels: { "cleanup.kyverno.io/ttl": dayAfter(entry.until) },
    annotations: {
      "plinth.dev/because": entry.because,
      "plinth.dev/ticket": entry.ticket,
      "plinth.dev/approved-by": entry.approvedBy,
      "plinth.dev/until": entry.until,
    },
    role: entry.role,
    groups: [entry.group],
  });
}

/** Kyverno as one component, or its controllers each on its own. */
const cleaners: readonly string[] = ["kyverno", "kyverno-cleanup-controller"];

function deletedByItself({ components }: Platform): boolean {
  return components.some(({ software }) => cleaners.includes(software));
}

/**
 * What Kyverno's cleanup controller needs to delete bindings: it watches a kind only where it may list, watch and delete all of it
 * (pkg/controllers/ttl/utils.go, HasResourcePermissions), so names cannot narrow it. Deleting gives nobody anything.
 *
 * @see https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
function cleanupRole(): Resource {
  return buildResource(ClusterRole, {
    metadata: {
      name: "break-glass-cleanup",
      labels: { "rbac.kyverno.io/aggregate-to-cleanup-controller": "true" },
      annotations: { "kubernetes.io/description": "Kyverno deletes break-glass bindings after their last day." },
    },
    rules: [
      {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["clusterrolebindings", "rolebindings"],
        verbs: ["delete", "list", "watch"],
      },
    ],
  });
}
