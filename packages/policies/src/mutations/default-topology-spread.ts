import { Pod } from "kubernetes-models/v1/Pod";
import { cel } from "../admission/cel.ts";
import { object } from "../admission/object-fixture.ts";
import { write } from "./json-patch.ts";
import { type Mutation, podKind } from "./mutation.ts";

const containers = [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }];
const labels = { "app.kubernetes.io/name": "cart" };
const ownedBy = (kind: string) => [
  { apiVersion: "apps/v1", kind, name: "cart", uid: "6f0f5b1e-7c7a-4d55-8f44-3f0c4b0f9a01" },
];
const metadata = { labels, ownerReferences: ownedBy("ReplicaSet") };

const constraintOver = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: "ScheduleAnyway" as const,
  labelSelector: { matchLabels: labels },
  matchLabelKeys: ["pod-template-hash"],
});
const spread = [constraintOver("topology.kubernetes.io/zone"), constraintOver("kubernetes.io/hostname")];

/**
 * Replicas that say nothing prefer zones and nodes that have fewer of them. On the pod, whose template nobody then compares with Git; one replica alone is
 * placed as before.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export const defaultTopologySpread: Mutation = {
  name: "default-topology-spread",
  title: "Default topology spread",
  category: "Best Practices",
  what: "A replica of a Deployment or StatefulSet that does not say where it wants to run prefers the zone and the node with the fewest pods of its name.",
  why: "The scheduler's own defaults let several replicas share a node or a zone, and one failure then takes all of them.",
  keepYourOwn: "Set topologySpreadConstraints or podAntiAffinity in the template: a pod with either stays as it is.",
  kinds: [podKind],
  conditions: {
    replica: cel`object.metadata.?ownerReferences.orValue([]).exists(owner, owner.kind in ['ReplicaSet', 'StatefulSet'])`,
    named: cel`object.metadata.?labels[?'app.kubernetes.io/name'].hasValue()`,
    "says-nothing": cel`object.spec.?topologySpreadConstraints.orValue([]).size() == 0
      && !object.spec.?affinity.?podAntiAffinity.hasValue()`,
  },
  variables: {},
  patches: [
    write(
      "/spec/topologySpreadConstraints",
      cel`['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(key, {
        'maxSkew': dyn(1),
        'topologyKey': dyn(key),
        'whenUnsatisfiable': dyn('ScheduleAnyway'),
        'labelSelector': dyn({'matchLabels': {'app.kubernetes.io/name': object.metadata.labels['app.kubernetes.io/name']}}),
        'matchLabelKeys': dyn(['pod-template-hash'])
      })`,
    ),
  ],
  changes: [
    {
      before: object(Pod, { spec: { containers } }, metadata),
      after: object(Pod, { spec: { containers, topologySpreadConstraints: spread } }, metadata),
    },
    {
      before: object(Pod, { spec: { containers } }, { labels, ownerReferences: ownedBy("StatefulSet") }),
      after: object(
        Pod,
        { spec: { containers, topologySpreadConstraints: spread } },
        { labels, ownerReferences: ownedBy("StatefulSet") },
      ),
    },
  ],
  keeps: [
    object(
      Pod,
      {
        spec: {
          containers,
          topologySpreadConstraints: [
            { ...constraintOver("topology.kubernetes.io/zone"), maxSkew: 2, whenUnsatisfiable: "DoNotSchedule" },
          ],
        },
      },
      metadata,
    ),
    object(
      Pod,
      {
        spec: {
          containers,
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } },
              ],
            },
          },
        },
      },
      metadata,
    ),
    object(Pod, { spec: { containers } }, { labels, ownerReferences: ownedBy("DaemonSet") }),
    object(Pod, { spec: { containers } }, { labels }),
    object(Pod, { spec: { containers } }, { ownerReferences: ownedBy("ReplicaSet") }),
  ],
};
