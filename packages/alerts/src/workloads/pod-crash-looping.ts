import { equal, increase, max, maxOverTime, metric, platformDashboardUid, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const waiting = metric("kube_pod_container_status_waiting_reason");
const lastEnd = metric("kube_pod_container_status_last_terminated_reason");
const restarts = metric("kube_pod_container_status_restarts_total");
const crashLoop = { reason: "CrashLoopBackOff" } as const;

/** A container is restarted again and again. */
export const podCrashLooping: Alert = defineAlert({
  name: "PodCrashLooping",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: ["namespace", "pod", "container"],
  // Between two waits the container runs for a moment: 5 minutes are the longest back-off of the kubelet.
  expr: equal(max(maxOverTime(select(waiting, crashLoop), "5m"), { by: ["namespace", "pod", "container"] }), 1),
  for: "15m",
  summary: ({ namespace, pod }) => `Pod ${namespace}/${pod} is crash looping`,
  description: ({ namespace, pod, container }) =>
    `The container ${container} of ${namespace}/${pod} has ended and been restarted again and again for 15 minutes.`,
  impact: "This replica serves nothing; when it is the only one, the service is down.",
  runbook: {
    meaning:
      "The container starts, ends, and is started again, with growing pauses of up to five minutes between. Something it needs is not there, its configuration is wrong, it is killed for using too much memory, or its liveness probe fails.",
    impact:
      "The replica does not serve. A rollout that brought the crash does not go on, and the old replicas carry the load.",
    diagnosis: [
      {
        text: "What did it say before it ended?",
        command: "kubectl logs --namespace <namespace> <pod> --container <container> --previous --tail 100",
      },
      {
        text: "Why did it end? OOMKilled means the memory limit; Error is the program's own exit code.",
        promql: equal(
          max(select(lastEnd, { namespace: "<namespace>", pod: "<pod>" }), { by: ["container", "reason"] }),
          1,
        ),
      },
      {
        text: "Which events came before: a failed probe, a missing secret, a volume that does not mount?",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
      {
        text: "Since when? Compare with the last deployment.",
        promql: sum(increase(select(restarts, { namespace: "<namespace>" }), "1h"), { by: ["pod", "container"] }),
      },
    ],
    mitigation: [
      {
        text: "If it began with a deployment, take the deployment back: revert the change in Git and let Argo CD sync.",
      },
      {
        text: "If it is OOMKilled, raise the memory limit in Git, and look for a leak if it grows until it is killed.",
      },
      {
        text: "If a dependency is missing, bring that back first; the container recovers by itself within five minutes. Do not delete the pod in a loop: it only resets the back-off.",
      },
    ],
  },
  firstQueries: {
    logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>" | k8s_container_name="<container>"',
    traces: '{ resource.k8s.pod.name = "<pod>" && status = error }',
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "a container ends again and again",
      after: "2m",
      until: "34m",
      labels: { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout" },
      series: [
        series(
          waiting,
          { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout", ...crashLoop },
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
      name: "the container is being created",
      series: [
        series(
          waiting,
          { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout", reason: "ContainerCreating" },
          steady(1),
        ),
      ],
    },
    {
      name: "it crashed once",
      series: [
        series(
          waiting,
          { namespace: "team-backend", pod: "checkout-7d4f9-x2x", container: "checkout", ...crashLoop },
          steady(0, "5m"),
          steady(1, "3m"),
          steady(0),
        ),
      ],
    },
  ],
});
