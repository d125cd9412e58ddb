import { type Environment, type Finding, type Platform, plan, type Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { policyComponents } from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import { clusterTools } from "../cluster/start-cluster.ts";
import { crdFiles } from "../tools/schemas.ts";
import { guardRailBehaviour } from "./guard-rails-cluster.ts";
import type { Judge } from "./judge.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/** What a rail is about, and who may what without it. */
const foundation: ReadonlySet<string> = new Set([
  "Namespace",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "ServiceAccount",
  "NetworkPolicy",
  "ResourceQuota",
  "LimitRange",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
]);

/**
 * On a real API server each forbidden act is refused by its guard rail, with its message, although permissions would let it through, which is seen by taking
 * the rails away; each allowed act passes. For each environment as it is rendered, and for a platform in an emergency.
 */
export const guardRails: Judge = {
  name: "guard-rails",
  purpose: "what nobody may do by the way is refused while Kyverno is down, and nothing else is",
  tools: clusterTools({ controllerManager: true }),
  judge: async ({ tree, platform, signal }) => {
    const crds = await crdFiles(["kyverno"]);
    if (crds.findings.length > 0) return { read: "nothing", findings: crds.findings };
    const findings: Finding[] = [];
    let attempts = 0;
    let mutants = 0;
    const places: readonly Place[] = [
      ...platform.environments.map((environment) => ({
        platform,
        environment,
        resources: objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource),
      })),
      ...inEmergency(),
    ];
    for (const place of places) {
      signal.throwIfAborted();
      const resources = place.resources.filter(({ kind }) => foundation.has(kind));
      const seen = await guardRailBehaviour({ ...place, resources, crds: crds.files });
      attempts += seen.attempts;
      mutants += seen.mutants;
      findings.push(...seen.findings);
    }
    return { read: `${attempts} attempts in ${places.length} clusters, ${mutants} slips of the hand`, findings };
  },
};

interface Place {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly resources: readonly Resource[];
  readonly mutants?: boolean;
}

/** A platform with a break-glass, in the environment that it is declared for. */
function inEmergency(): readonly Place[] {
  const platform = examplePlatform({
    breakGlass: [
      {
        name: "outage",
        group: "break-glass-outage",
        role: "cluster-admin",
        environment: "production",
        because: "the cluster has to be repaired by hand",
        ticket: "INC-1",
        approvedBy: "ada",
        until: "2999-12-31",
      },
    ],
  });
  const { files } = plan(platform, [...rbacComponents, ...policyComponents]);
  return platform.environments
    .filter(({ production }) => production)
    .map((environment) => ({
      platform,
      environment,
      resources: files.flatMap(({ resource, entry }) =>
        resource !== undefined && (entry.environment === undefined || entry.environment === environment.name)
          ? [resource]
          : [],
      ),
      mutants: true,
    }));
}
