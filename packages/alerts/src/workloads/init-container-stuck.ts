import { and, equal, max, maxOverTime, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { missing, series, steady } from "../alert/scenario.ts";

const running = metric("kube_pod_init_container_status_running");
const waiting = metric("kube_pod_init_container_status_waiting_reason");
const phase = metric("kube_pod_status_phase");
const by = ["namespace", "pod", "container"] as const;
const pod = { namespace: "team-backend", pod: "checkout-7d4f9-x2x" } as const;
const migrate = { ...pod, container: "migrate" } as const;
const crashLoop = { reason: "CrashLoopBackOff" } as const;

const logs = '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>" | k8s_container_name="<container>"';

/** An init container ends with an error again and again: the pod never starts. */
export const initContainerCrashLooping: Alert = defineAlert({
  name: "InitContainerCrashLooping",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  // As with PodCrashLooping: 5 minutes are the longest back-off of the kubelet.
  expr: equal(max(maxOverTime(select(waiting, crashLoop), "5m"), { by }), 1),
  for: "15m",
  summary: ({ namespace, pod, container }) => `Init container ${container} of ${namespace}/${pod} is crash looping`,
  description: ({ namespace, pod, container }) =>
    `The init container ${container} of ${namespace}/${pod} has ended with an error again and again for 15 minutes.`,
  impact: "The replica never starts; a rollout stops, and the old replicas go on.",
  runbook: {
    meaning:
      "A pod starts its containers only after all init containers have succeeded. This one fails each time: a migration that cannot be applied, a dependency that it waits for and gives up, a permission.",
    impact:
      "If a migration has failed half-way, old replicas may meet a schema that they do not know: look at their errors.",
    diagnosis: [
      {
        text: "What did it say?",
        command: "kubectl logs --namespace <namespace> <pod> --container <container> --previous --tail 100",
      },
      { text: "With which exit code did it end?", command: "kubectl describe pod --namespace <namespace> <pod>" },
      {
        text: "Is it all new replicas? Then it is the change, not the place.",
        promql: equal(max(select(waiting, { namespace: "<namespace>" }), { by: ["pod", "container", "reason"] }), 1),
      },
    ],
    mitigation: [
      {
        text: "If it began with a deployment, revert it in Git and let Argo CD sync. A migration that was applied in part is repaired first, by whoever wrote it.",
      },
      { text: "If a dependency is missing, bring it back; the kubelet tries again every five minutes at the latest." },
    ],
  },
  firstQueries: { logs },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "it fails each time",
      after: "2m",
      until: "34m",
      labels: migrate,
      series: [
        series(
          waiting,
          { ...migrate, ...crashLoop },
          steady(0, "2m"),
          steady(1, "4m"),
          steady(0, "4m"),
          steady(1, "20m"),
          steady(0),
        ),
      ],
    },
  ],
  quiet: [
    {
      name: "its image is being pulled",
      series: [series(waiting, { ...migrate, reason: "PodInitializing" }, steady(1))],
    },
    { name: "it failed once", series: [series(waiting, { ...migrate, ...crashLoop }, steady(1, "3m"), missing())] },
  ],
});

/** An init container does not end. */
export const initContainerStuck: Alert = defineAlert({
  name: "InitContainerStuck",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  // A sidecar is an init container, too, and runs as long as its pod: only pods that have not started count.
  expr: and(
    equal(max(running, { by }), 1),
    equal(max(select(phase, { phase: "Pending" }), { by: ["namespace", "pod"] }), 1),
    {
      on: ["namespace", "pod"],
    },
  ),
  for: "30m",
  summary: ({ namespace, pod, container }) => `Init container ${container} of ${namespace}/${pod} does not end`,
  description: ({ namespace, pod, container }) =>
    `The init container ${container} of ${namespace}/${pod} has run for 30 minutes, and the pod has not started.`,
  impact: "The replica has not started; a rollout waits.",
  runbook: {
    meaning:
      "It waits for something (a database, a lock, another service), or does far more than it was meant to: a large download, a migration of a large table. A native sidecar that does not become started holds the pod up in the same way.",
    impact: "Old replicas go on. After a loss of nodes replicas come back late.",
    diagnosis: [
      {
        text: "What does it do?",
        command: "kubectl logs --namespace <namespace> <pod> --container <container> --tail 100",
      },
      {
        text: "Which init container is it, and do sidecars before it run?",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
      {
        text: "For whom does it wait? Try the connection from inside.",
        command: "kubectl exec --namespace <namespace> <pod> --container <container> -- nc -zv <host> <port>",
      },
    ],
    mitigation: [
      { text: "If it waits for a dependency, bring that back, or open the NetworkPolicy that is in the way." },
      {
        text: "If a migration runs that takes long on purpose, let it end: killing it may lock the table. Next time run it as a Job before the rollout.",
      },
      { text: "If it waits for a lock that a dead pod holds, release the lock in the database." },
    ],
  },
  firstQueries: { logs },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "it waits for a database",
      after: "5m",
      until: "50m",
      labels: migrate,
      series: [
        series(running, migrate, steady(0, "5m"), steady(1, "45m"), steady(0)),
        series(phase, { ...pod, phase: "Pending" }, steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "a sidecar runs beside the containers",
      series: [
        series(running, { ...pod, container: "proxy" }, steady(1)),
        series(phase, { ...pod, phase: "Pending" }, steady(0)),
        series(phase, { ...pod, phase: "Running" }, steady(1)),
      ],
    },
  ],
});
