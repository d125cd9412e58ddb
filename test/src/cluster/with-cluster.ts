import type { Finding } from "@plinth/core";
import { requireTools } from "../tools/ensure.ts";
import { ClusterError } from "./cluster-error.ts";
import { type Cluster, type ClusterOptions, clusterTools, startCluster } from "./start-cluster.ts";

/**
 * Runs a check against a cluster of its own and stops the cluster afterwards, whatever happens. A missing tool, or a cluster that
 * does not come up or breaks down, is a finding like any other.
 *
 * @example
 * export const namespacesExist = () => withCluster({}, async (cluster) => (await cluster.get(reference)) === undefined ? [finding] : []);
 */
export async function withCluster(
  options: ClusterOptions,
  check: (cluster: Cluster) => Promise<Finding[]>,
): Promise<Finding[]> {
  const missing = await requireTools(clusterTools(options));
  if (missing.length > 0) return missing;
  try {
    const cluster = await startCluster(options);
    try {
      return await check(cluster);
    } finally {
      await cluster.stop();
    }
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return [{ code: "tool-failed", severity: "error", message: error.message }];
  }
}
