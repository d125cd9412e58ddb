import { describeSelector } from "../reachability/describe-rule.ts";
import { type LabelSelector, matchesSelector } from "../reachability/label-selector.ts";
import type { ReadPeer, ReadPolicy } from "../reachability/read-network-policy.ts";
import type { RunnableLint } from "./lint.ts";

const reference = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

/** Lints about who is selected, on either side. */
export const selectorLints: readonly RunnableLint[] = [
  {
    name: "selects-nothing",
    code: "without-effect",
    severity: "warning",
    what: "a policy that selects no pod",
    why: "it protects nothing, and whoever reads it believes that it does",
    source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource",
    find: ({ policies }) =>
      policies
        // An empty selector means whatever will run there.
        .filter(({ read, selected }) => selected.length === 0 && !isEmpty(read.podSelector))
        .map(({ described, read }) => ({
          resource: described,
          path: "spec.podSelector",
          message: `selects no pod: nothing in ${read.namespace} has ${describeSelector(read.podSelector)}`,
          expected: "the labels of pods in its own namespace",
        })),
  },
  {
    name: "host-network",
    code: "without-effect",
    severity: "warning",
    what: "a policy for pods on the network of their node",
    why: "such pods have the address of the node: policies about pods do not hold for them, or hold for the whole node",
    source:
      "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods",
    find: ({ policies, pods, cluster }) =>
      policies
        .filter(({ read }) => !isEmpty(read.podSelector))
        .flatMap(({ described, read }) => {
          const onNodes = new Set([
            ...pods
              .filter(({ hostNetwork }) => hostNetwork)
              .filter((pod) => selects(read, pod))
              .map((pod) => pod.described),
            ...cluster.workloads
              .filter((workload) => workload.hostNetwork === true && selects(read, workload))
              .map(({ namespace, name }) => `${namespace}/${name}`),
          ]);
          return [...onNodes].map((name) => ({
            resource: described,
            path: "spec.podSelector",
            message: `selects ${name}, whose pods are on the network of their node`,
            expected: "no policy for them, or pods on the network of pods",
            hint: "a firewall of the nodes says who reaches them",
          }));
        }),
  },
  {
    name: "two-entries-for-one",
    code: "conflicting-fields",
    severity: "warning",
    what: "a namespaceSelector and a podSelector in two entries of one list",
    why: "entries are alternatives: every pod of those namespaces, or those pods of the policy's own; one entry with both asks for both",
    source:
      "https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors",
    find: ({ policies }) =>
      policies.flatMap(({ described, rules }) =>
        rules.flatMap(({ peers }) =>
          peers.flatMap(({ peer, path }, index) => {
            const next = peers[index + 1];
            if (next === undefined || !areSplit(peer, next.peer)) return [];
            return [
              {
                resource: described,
                path,
                message: `allows every pod of the namespaces ${describeHalf(peer, next.peer)}, and the next entry pods of its own namespace: two alternatives`,
                expected: "one entry with both selectors, where pods of those namespaces are meant",
              },
            ];
          }),
        ),
      ),
  },
  {
    name: "every-pod-of-the-cluster",
    code: "undeclared-connection",
    severity: "warning",
    what: "a peer that is every pod of every namespace",
    why: "an empty selector is everything: what is deployed tomorrow is allowed, too",
    source: `${reference}#behavior-of-to-and-from-selectors`,
    find: ({ policies }) =>
      policies.flatMap(({ described, rules }) =>
        rules.flatMap(({ peers }) =>
          peers
            .filter(
              ({ peer }) =>
                peer.kind === "pods" &&
                peer.namespaceSelector !== undefined &&
                isEmpty(peer.namespaceSelector) &&
                isEmpty(peer.podSelector),
            )
            .map(({ path }) => ({
              resource: described,
              path,
              message: "is every pod of every namespace",
              expected: "the namespace and the labels of those who need it",
            })),
        ),
      ),
  },
];

/** True for a selector that matches everything. */
export function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function selects(
  { namespace, podSelector }: ReadPolicy,
  pod: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> },
): boolean {
  return pod.namespace === namespace && matchesSelector(podSelector, pod.labels);
}

/** One entry with namespaces and every pod in them, beside one with pods and no namespace: in either order. */
function areSplit(a: ReadPeer, b: ReadPeer): boolean {
  return (isNamespaceOnly(a) && isPodOnly(b)) || (isPodOnly(a) && isNamespaceOnly(b));
}

function isNamespaceOnly(peer: ReadPeer): boolean {
  return peer.kind === "pods" && peer.namespaceSelector !== undefined && isEmpty(peer.podSelector);
}

function isPodOnly(peer: ReadPeer): boolean {
  return peer.kind === "pods" && peer.namespaceSelector === undefined && !isEmpty(peer.podSelector);
}

function describeHalf(a: ReadPeer, b: ReadPeer): string {
  const selector = [a, b].flatMap((peer) => (peer.kind === "pods" ? (peer.namespaceSelector ?? []) : []))[0] ?? {};
  const text = describeSelector(selector);
  return text === "" ? "of the whole cluster" : `with ${text}`;
}
