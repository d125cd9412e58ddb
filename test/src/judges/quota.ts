import type { Finding } from "@plinth/core";
import { policyComponents } from "@plinth/policies";
import { rbacComponents } from "@plinth/rbac";
import { shopWorkloads } from "../astronomy-shop/shop-workloads.ts";
import { clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import type { Judge } from "./judge.ts";
import { quotaArithmeticFindings } from "./quota-arithmetic.ts";
import { workloadsFitFindings } from "./quota-cluster.ts";
import { tenancyBehaviour } from "./quota-tenancy.ts";
import { objectsOfEnvironment } from "./rendered-tree.ts";

/**
 * The workloads of the Astronomy Shop fit the quotas of their teams in each environment: by arithmetic over the objects, and on a real API server with its
 * controllers. What a team's tenancy forbids is refused there, and what it allows is not.
 */
export const quota: Judge = {
  name: "quota",
  purpose: "the shop's workloads fit their teams' quotas; what a tenancy forbids is refused",
  tools: clusterTools({ controllerManager: true }),
  judge: async ({ tree, platform, signal }) => {
    const findings: Finding[] = [];
    let pods = 0;
    for (const environment of platform.environments) {
      signal.throwIfAborted();
      const rendered = objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource);
      const workloads = shopWorkloads(platform, environment);
      findings.push(...quotaArithmeticFindings(platform, environment, [...rendered, ...workloads]));
      findings.push(
        ...(await withCluster({ controllerManager: true }, async (cluster) => {
          const seen = await workloadsFitFindings(cluster, platform, environment, { rendered, workloads });
          pods += seen.pods;
          return [...seen.findings];
        })),
      );
    }
    signal.throwIfAborted();
    const tenancy = await tenancyBehaviour([...rbacComponents, ...policyComponents]);
    return {
      read: `${pods} pods in ${platform.environments.length} clusters, ${tenancy.attempts} attempts at a tenancy`,
      findings: [...findings, ...tenancy.findings],
    };
  },
};
