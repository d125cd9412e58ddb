import {
  type Component,
  type Environment,
  type Finding,
  type FoundationComponent,
  hasErrors,
  type Moment,
  once,
  type Platform,
  type Resource,
} from "@plinth/core";
import { networkMatrix } from "../network-matrix/network-matrix.ts";
import type { Cluster } from "../reachability/cluster.ts";
import { clusterOf } from "../reachability/cluster-of.ts";
import type { Connection } from "../reachability/connection.ts";
import { connections } from "../reachability/connections.ts";
import { declaredConnections } from "../reachability/declared-connections.ts";
import { networkLints } from "./network-lints.ts";
import { policiesIn, sharedPolicies } from "./rendered-policies.ts";

// A property of the environment and not a mistake in it: the matrix says it.
const saidElsewhere = ["eks-start-window"];

/**
 * Reads the policies that components make as somebody else would: each environment's are held against what the platform declares and against every lint,
 * and a page says who may talk to whom.
 *
 * @example
 * import { plan } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const network = [networkBaseline, serviceNetwork, dataStoreNetwork];
 * plan(examplePlatform(), [...network, networkReview(network)]).findings;
 */
export function networkReview(components: readonly Component[]): FoundationComponent {
  // What is read of a platform for the findings is read for the pages, too.
  const networksOf = once((platform: Platform) => readNetworks(platform, components));
  return {
    name: "network-review",
    layer: "foundation",
    documents: (platform) =>
      networksOf(platform).map(({ environment, open, cluster, policies }) => ({
        path: `docs/network/${environment.name}.md`,
        text: networkMatrix(platform, environment, { cluster, policies, open }),
      })),
    check: (platform, moment) =>
      // What a component refuses itself it renders only in part: that is said once.
      refuses(components, platform, moment) ? [] : networksOf(platform).flatMap((each) => findingsOf(platform, each)),
  };
}

/** What holds in one environment. */
interface EnvironmentNetwork {
  readonly environment: Environment;
  readonly cluster: Cluster;
  readonly policies: readonly Resource[];
  /** What the policies allow. */
  readonly open: readonly Connection[];
}

function readNetworks(platform: Platform, components: readonly Component[]): readonly EnvironmentNetwork[] {
  const shared = sharedPolicies(platform, components);
  return platform.environments.map((environment) => {
    const cluster = clusterOf(platform, environment);
    const policies = [...shared, ...policiesIn(platform, environment, components)];
    return { environment, cluster, policies, open: connections(cluster, policies) };
  });
}

function refuses(components: readonly Component[], platform: Platform, moment: Moment): boolean {
  return components.some((component) => hasErrors(component.check?.(platform, moment) ?? []));
}

function findingsOf(platform: Platform, { environment, cluster, policies, open }: EnvironmentNetwork): Finding[] {
  const facts = { network: environment.network, declared: declaredConnections(platform, environment), open };
  return networkLints(cluster, policies, facts, { except: saidElsewhere }).map((finding) => ({
    ...finding,
    message: `${environment.name}: ${finding.message}`,
  }));
}
