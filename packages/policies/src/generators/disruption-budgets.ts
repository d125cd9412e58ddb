import { emitYaml, type Platform, type Resource } from "@plinth/core";
import { deploymentKind } from "../mutations/mutation.ts";
import type { Generation } from "./generation.ts";

/** The label of a Deployment that wants a PodDisruptionBudget made for it; its value is `generated`. */
export const disruptionBudgetLabel = "plinth.dev/disruption-budget";

/**
 * A PodDisruptionBudget for each Deployment that asks for one. Only for those: the eviction API refuses to evict a pod that two budgets select, so that one which
 * nobody asked for would stop the draining of nodes on the day on which a team writes its own.
 *
 * One pod at a time, however many there are: that never blocks a drain, not even of a single replica.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * disruptionBudgets(platform).labels; // { "plinth.dev/disruption-budget": "generated" }
 */
export function disruptionBudgets(platform: Platform): Generation {
  const namespaces = platform.teams.map(({ namespace }) => String(namespace)).sort();
  const [namespace = "default"] = namespaces;
  const labels = { [disruptionBudgetLabel]: "generated" };
  const selector = { matchLabels: { "app.kubernetes.io/name": "cart" } };
  return {
    name: "generate-disruption-budgets",
    title: "Disruption budgets on request",
    what: `A Deployment with the label ${disruptionBudgetLabel}: generated gets a PodDisruptionBudget of its name that lets one pod go at a time.`,
    why: "Without a budget a drain of nodes may take all replicas of a service at once.",
    kinds: [deploymentKind],
    labels,
    namespaces,
    conditions: {},
    template: emitYaml(
      budget("(( object.metadata.name ))", "(( object.metadata.namespace ))", "(( object.spec.selector ))"),
    ),
    trials: [
      { trigger: deployment("cart", namespace, labels), makes: [budget("cart", namespace, selector)] },
      {
        trigger: deployment("odd", namespace, labels, { matchExpressions: [{ key: "app", operator: "Exists" }] }),
        makes: [budget("odd", namespace, { matchExpressions: [{ key: "app", operator: "Exists" }] })],
      },
    ],
    ignores: [
      deployment("unlabelled", namespace, {}),
      deployment("otherwise", namespace, { [disruptionBudgetLabel]: "own" }),
      deployment("elsewhere", "kube-system", labels),
    ],
  };

  function deployment(
    name: string,
    place: string,
    own: Readonly<Record<string, string>>,
    selects: Readonly<Record<string, unknown>> = selector,
  ): Resource {
    const containers = [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }];
    const template = { metadata: { labels: { "app.kubernetes.io/name": "cart", app: "cart" } }, spec: { containers } };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: place, labels: own },
      spec: { replicas: 2, selector: selects, template },
    };
  }
}

function budget(name: string, namespace: string, selector: unknown): Resource {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name, namespace },
    spec: { maxUnavailable: 1, selector, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  };
}
