import { type Finding, type Resource, sortFindings } from "@plinth/core";
import type { Cluster } from "../reachability/cluster.ts";
import { blockLints } from "./block-lints.ts";
import { connectionLints } from "./connection-lints.ts";
import { directionLints } from "./direction-lints.ts";
import { eksLints } from "./eks-lints.ts";
import type { NetworkLint, RunnableLint } from "./lint.ts";
import { lintContext, type NetworkFacts } from "./lint-context.ts";
import { portLints } from "./port-lints.ts";
import { selectorLints } from "./selector-lints.ts";

const lints: readonly RunnableLint[] = [
  ...connectionLints,
  ...selectorLints,
  ...blockLints,
  ...portLints,
  ...directionLints,
  ...eksLints,
];

/**
 * Everything that is looked for: what, why it matters, and the page that says so.
 *
 * @example
 * networkLintCatalog.map(({ name, what }) => `${name}: ${what}`);
 */
export const networkLintCatalog: readonly NetworkLint[] = lints.map(({ find: _, ...lint }) => lint);

/** What a caller leaves out. */
export interface NetworkLintOptions {
  /** Names of lints that are not run. @default none */
  readonly except?: readonly string[];
}

/**
 * What is wrong with NetworkPolicies, and with what runs beside them: rules without effect, connections that are open and not declared or declared and not
 * open, and what the environment's CNI does not do. Any resources may be given: Services, Pods and workloads are looked at, others are left alone.
 *
 * A NetworkPolicy that its schema refuses is a finding, and is left out of everything else.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 *
 * @example
 * import { type Environment, formatFinding, type Platform, type Resource } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * declare const resources: Resource[];
 * const facts = { network: production.network, declared: declaredConnections(platform, production) };
 * networkLints(clusterOf(platform, production), resources, facts).map(formatFinding);
 */
export function networkLints(
  cluster: Cluster,
  resources: readonly Resource[],
  facts: NetworkFacts,
  { except = [] }: NetworkLintOptions = {},
): readonly Finding[] {
  const { context, findings } = lintContext(cluster, resources, facts);
  const found = lints
    .filter(({ name }) => !except.includes(name))
    .flatMap(({ find, code, severity, why, source }) =>
      find(context).map(
        ({ hint, ...hit }): Finding => ({
          code,
          severity,
          ...hit,
          hint: hint === undefined ? `${why} (${source})` : `${hint}: ${why} (${source})`,
        }),
      ),
    );
  return sortFindings([...findings, ...found]);
}
