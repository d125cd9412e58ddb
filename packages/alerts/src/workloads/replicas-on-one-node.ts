import {
  and,
  count,
  equal,
  greaterThan,
  max,
  metric,
  notEqualTo,
  oneOf,
  platformDashboardUid,
  select,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type InputSeries, missing, type Samples, series, steady } from "../alert/scenario.ts";

const info = metric("kube_pod_info");
const by = ["namespace", "created_by_name"] as const;
const replicaSet = {
  namespace: "team-backend",
  created_by_kind: "ReplicaSet",
  created_by_name: "checkout-7d4f9",
} as const;
const replicated = { created_by_kind: oneOf("ReplicaSet", "StatefulSet"), node: notEqualTo("") } as const;

/** All replicas of a workload run on one node. */
export const replicasOnOneNode: Alert = defineAlert({
  name: "ReplicasOnOneNode",
  category: "workloads",
  severity: "info",
  owner: "namespace",
  labels: by,
  expr: and(
    equal(count(max(select(info, replicated), { by: [...by, "node"] }), { by }), 1),
    greaterThan(count(max(info, { by: [...by, "pod"] }), { by }), 1),
  ),
  for: "1h",
  summary: ({ namespace, created_by_name }) => `All replicas of ${namespace}/${created_by_name} run on one node`,
  description: ({ namespace, created_by_name }) =>
    `${namespace}/${created_by_name} has several replicas, and all of them have run on the same node for an hour.`,
  impact: "When that node is lost or replaced, all replicas are gone at the same time.",
  runbook: {
    meaning:
      "The scheduler has put them together because nothing says otherwise, or because a preference was outweighed. Consolidation by the autoscaler leads there, too.",
    impact: "The redundancy that is paid for is not there.",
    diagnosis: [
      {
        text: "Where do they run?",
        command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<name> --output wide",
      },
      {
        text: "Is there a spread? Look at topologySpreadConstraints and at podAntiAffinity.",
        command:
          "kubectl get deployment --namespace <namespace> <name> --output jsonpath='{.spec.template.spec.topologySpreadConstraints}{.spec.template.spec.affinity}'",
      },
      {
        text: "Are there other nodes that could take them (labels, taints, zone of a volume)?",
        promql: count(max(info, { by: ["node"] })),
      },
    ],
    mitigation: [
      {
        text: "Add a topologySpreadConstraint over kubernetes.io/hostname (and topology.kubernetes.io/zone) in Git, with maxSkew 1 and ScheduleAnyway.",
      },
      {
        text: "It holds for new pods only: restart the Deployment once.",
        command: "kubectl rollout restart --namespace <namespace> deployment/<name>",
      },
    ],
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "the second replica moves to the node of the first",
      // The series of the pod that has gone counts for 5 more minutes.
      after: "9m",
      labels: { namespace: replicaSet.namespace, created_by_name: replicaSet.created_by_name },
      series: [
        pod("checkout-7d4f9-a", "node-a"),
        pod("checkout-7d4f9-b", "node-b", steady(1, "5m"), missing()),
        pod("checkout-7d4f9-c", "node-a", missing("5m"), steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "they are on two nodes",
      series: [pod("checkout-7d4f9-a", "node-a"), pod("checkout-7d4f9-b", "node-b")],
    },
    { name: "there is one replica", series: [pod("checkout-7d4f9-a", "node-a")] },
    {
      name: "none of them has a node",
      series: [pod("checkout-7d4f9-a", ""), pod("checkout-7d4f9-b", "")],
    },
    {
      name: "they are pods of a Job",
      series: ["a", "b"].map((name) =>
        series(
          info,
          {
            namespace: "team-backend",
            created_by_kind: "Job",
            created_by_name: "import",
            pod: `import-${name}`,
            node: "node-a",
          },
          steady(1),
        ),
      ),
    },
  ],
});

function pod(name: string, node: string, ...samples: Samples): InputSeries {
  return series(info, { ...replicaSet, pod: name, node }, ...(samples.length === 0 ? [steady(1)] : samples));
}
