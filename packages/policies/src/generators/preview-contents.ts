import { buildResource, type Environment, type Platform, type Resource, type Team } from "@plinth/core";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { LimitRange } from "kubernetes-models/v1/LimitRange";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { dnsRules } from "../network/network-baseline.ts";
import { networkPolicy } from "../network/network-policy.ts";

/** How much one preview may take: Kubernetes quantities and counts. */
export interface PreviewQuota {
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
  readonly storage: string;
}

/** The ClusterRoles that a team holds in its previews, as it does in its namespace. */
export const previewRoles = {
  admins: "namespace-admin",
  developers: "namespace-developer",
  viewers: "namespace-viewer",
} as const;

const rbacGroup = "rbac.authorization.k8s.io";
// A name that stands in while the objects are built; the template has the namespace's own in its place.
const namespace = "preview";

/**
 * What a preview needs before anything runs in it: nothing in or out but names, a share of the cluster and no more, and its team as people who work there.
 */
export function previewContents(
  platform: Platform,
  environment: Environment,
  team: Team,
  quota: PreviewQuota,
): readonly Resource[] {
  const dns = dnsRules(platform, environment);
  return [
    networkPolicy({ name: "default-deny", namespace, pods: "every-pod", ingress: [], egress: [] }),
    ...(dns.length === 0 ? [] : [networkPolicy({ name: "allow-dns", namespace, pods: "every-pod", egress: dns })]),
    previewQuota(quota),
    previewLimits(),
    ...(["admins", "developers", "viewers"] as const).map((persona) =>
      teamBinding(previewRoles[persona], team.groups[persona]),
    ),
  ];
}

function previewQuota({ cpu, memory, pods, storage }: PreviewQuota): Resource {
  return buildResource(ResourceQuota, {
    metadata: { name: "preview", namespace },
    spec: {
      hard: {
        "limits.memory": memory,
        pods: String(pods),
        "requests.cpu": cpu,
        "requests.memory": memory,
        "requests.storage": storage,
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    },
  });
}

/** A container that names nothing is counted instead of refused. */
function previewLimits(): Resource {
  return buildResource(LimitRange, {
    metadata: { name: "preview", namespace },
    spec: {
      limits: [{ type: "Container", default: { memory: "256Mi" }, defaultRequest: { cpu: "50m", memory: "128Mi" } }],
    },
  });
}

function teamBinding(role: string, group: string): Resource {
  return buildResource(RoleBinding, {
    metadata: { name: role, namespace },
    roleRef: { apiGroup: rbacGroup, kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: rbacGroup, kind: "Group", name: group }],
  });
}
