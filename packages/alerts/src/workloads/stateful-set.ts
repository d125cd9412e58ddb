import { and, changes, equal, greaterThan, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const wanted = metric("kube_statefulset_replicas");
const ready = metric("kube_statefulset_status_replicas_ready");
const updated = metric("kube_statefulset_status_replicas_updated");
const by = ["namespace", "statefulset"] as const;
const kafka = { namespace: "team-data", statefulset: "kafka" } as const;

const pods = {
  text: "Which replica is it, and what does it wait for? The replicas come one after the other: the first that is not ready holds up the rest.",
  command: "kubectl get pods --namespace <namespace> --selector app.kubernetes.io/name=<statefulset> --output wide",
} as const;

const claims = {
  text: "Are its volumes bound and attached?",
  command: "kubectl get persistentvolumeclaims --namespace <namespace> --output wide",
} as const;

/** A StatefulSet has fewer ready replicas than it wants, and no update goes on. */
export const statefulSetReplicasUnavailable: Alert = defineAlert({
  name: "StatefulSetReplicasUnavailable",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(greaterThan(max(wanted, { by }), max(ready, { by })), equal(max(changes(updated, "10m"), { by }), 0)),
  for: "15m",
  summary: ({ namespace, statefulset }) => `StatefulSet ${namespace}/${statefulset} lacks replicas`,
  description: ({ namespace, statefulset }) =>
    `${namespace}/${statefulset} has had fewer ready replicas than it wants for 15 minutes, and no update goes on.`,
  impact: "Data has fewer copies than planned; with one more lost replica a quorum may be gone.",
  runbook: {
    meaning:
      "A replica is not ready, or is not there. Unlike those of a Deployment it cannot be replaced anywhere: it has a name and a volume, which is bound to a zone, and Kubernetes waits until the old pod is certainly gone.",
    impact:
      "Databases and queues with a quorum go on with one replica less, and stop with one more. Those with a single replica are down.",
    diagnosis: [
      pods,
      {
        text: "Why is that replica not ready? Pending, ContainerCreating, Terminating and CrashLoopBackOff each have an alert of their own.",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
      claims,
      { text: "Since when?", promql: max(select(ready, { namespace: "<namespace>" }), { by }) },
      {
        text: "What does the program say of its cluster? Ask a replica that is ready, with its own tool, before anything is restarted.",
      },
    ],
    mitigation: [
      { text: "Pending with `volume node affinity conflict`: a node in the zone of the volume is needed." },
      { text: "Terminating on a lost node: make sure that the machine is off, then delete the node." },
      { text: "It crashes because its volume is full: PersistentVolumeAlmostFull." },
      {
        text: "Do not delete claims, and restart one replica at a time: wait until the program says that it is in sync.",
      },
      { text: "If a quorum is lost, wake whoever owns the data before anything else is done." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>"' },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "one of three is gone",
      after: "10m",
      until: "40m",
      labels: kafka,
      series: replicas(3, [steady(3, "10m"), steady(2, "30m"), steady(3)], [steady(3)]),
    },
  ],
  quiet: [
    { name: "all are ready", series: replicas(3, [steady(3)], [steady(3)]) },
    { name: "an update goes on", series: replicas(100, [steady(99)], [growing({ from: 0, perMinute: 1 })]) },
  ],
});

/** The update of a StatefulSet does not go on. */
export const statefulSetUpdateStuck: Alert = defineAlert({
  name: "StatefulSetUpdateStuck",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: and(greaterThan(max(wanted, { by }), max(updated, { by })), equal(max(changes(updated, "10m"), { by }), 0)),
  for: "30m",
  summary: ({ namespace, statefulset }) => `The update of ${namespace}/${statefulset} is stuck`,
  description: ({ namespace, statefulset }) =>
    `Some replicas of the StatefulSet ${namespace}/${statefulset} have had an old revision for 30 minutes, and none was updated in that time.`,
  impact: "Replicas of two versions run side by side; the change has arrived in part.",
  runbook: {
    meaning:
      "A StatefulSet updates its replicas from the last to the first and waits for each to be ready. One does not become ready; or the strategy is OnDelete or has a partition, and somebody has to go on by hand.",
    impact:
      "A replica that is not ready is one copy less. Kubernetes does not go back by itself, also not after a revert, as long as that replica is broken.",
    diagnosis: [
      pods,
      {
        text: "Is it meant to wait? Look at updateStrategy: OnDelete, or a partition above 0.",
        command:
          "kubectl get statefulset --namespace <namespace> <statefulset> --output jsonpath='{.spec.updateStrategy}'",
      },
      {
        text: "What does the replica say that was updated last?",
        command: "kubectl logs --namespace <namespace> <pod> --previous --tail 100",
      },
      { text: "How many have the new revision?", promql: max(select(updated, { namespace: "<namespace>" }), { by }) },
    ],
    mitigation: [
      {
        text: "If the new version is at fault, revert the change in Git, let Argo CD sync, and then delete the broken pod: Kubernetes waits for it and does not replace it by itself.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      { text: "If a person goes on by hand (OnDelete, partition), ask whether the work was forgotten." },
      { text: "If a replica has to catch up with its data first, wait: do not update the next one meanwhile." },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>"' },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "the second of three does not become ready",
      // It has just been updated, which is a change.
      after: "14m",
      until: "60m",
      labels: kafka,
      series: replicas(3, [steady(2)], [steady(3, "5m"), steady(1, "55m"), steady(3)]),
    },
  ],
  quiet: [
    { name: "all have the new revision", series: replicas(3, [steady(3)], [steady(3)]) },
    { name: "it goes on", series: replicas(100, [steady(99)], [growing({ from: 0, perMinute: 1 })]) },
  ],
});

function replicas(count: number, readySamples: Samples, updatedSamples: Samples): readonly InputSeries[] {
  return [
    series(wanted, kafka, steady(count)),
    series(ready, kafka, ...readySamples),
    series(updated, kafka, ...updatedSamples),
  ];
}
