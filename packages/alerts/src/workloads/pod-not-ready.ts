import { and, equal, max, maxOverTime, metric, platformDashboardUid, select, unless } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { type InputSeries, type Samples, series, steady } from "../alert/scenario.ts";

const ready = metric("kube_pod_status_ready");
const phase = metric("kube_pod_status_phase");
const waiting = metric("kube_pod_container_status_waiting_reason");
const containerReady = metric("kube_pod_container_status_ready");
const by = ["namespace", "pod"] as const;
const pod = { namespace: "team-backend", pod: "checkout-7d4f9-x2x" } as const;
const crashLoop = { reason: "CrashLoopBackOff" } as const;

/** A pod runs and does not become ready: its readiness probe fails. */
export const podNotReady: Alert = defineAlert({
  name: "PodNotReady",
  category: "workloads",
  severity: "warning",
  owner: "namespace",
  labels: by,
  expr: unless(
    and(
      equal(max(select(ready, { condition: "true" }), { by }), 0),
      equal(max(select(phase, { phase: "Running" }), { by }), 1),
    ),
    // PodCrashLooping says so already.
    equal(max(maxOverTime(select(waiting, crashLoop), "5m"), { by }), 1),
  ),
  for: "15m",
  summary: ({ namespace, pod }) => `Pod ${namespace}/${pod} is not ready`,
  description: ({ namespace, pod }) => `${namespace}/${pod} has run for 15 minutes without being ready.`,
  impact: "It gets no requests: the other replicas carry its load, or nobody does.",
  runbook: {
    meaning:
      "The containers run, and at least one of them fails its readiness probe. The program says that it cannot serve: it still starts, it waits for a dependency, or it hangs. It may also be the probe that is wrong, or the node that has been lost.",
    impact: "The pod is not in the endpoints of its Service. If all replicas are like that, the service is down.",
    diagnosis: [
      {
        text: "Which container, and what does the probe say?",
        command: "kubectl describe pod --namespace <namespace> <pod>",
      },
      {
        text: "Is it this replica or all?",
        promql: equal(max(select(containerReady, { namespace: "<namespace>" }), { by: ["pod", "container"] }), 0),
      },
      {
        text: "What does the program say?",
        command: "kubectl logs --namespace <namespace> <pod> --all-containers --since 30m",
      },
      {
        text: "What does its own endpoint of readiness answer? Port and path stand in the pod's specification.",
        command: "kubectl port-forward --namespace <namespace> <pod> 8080:<port>",
      },
      { text: "Is its node well?", command: "kubectl get pod --namespace <namespace> <pod> --output wide" },
    ],
    mitigation: [
      { text: "If all replicas wait for a dependency, repair the dependency; these recover by themselves." },
      { text: "If it began with a deployment, revert it in Git and let Argo CD sync." },
      {
        text: "If this replica alone hangs, keep what it can tell (logs, a thread dump) and delete it.",
        command: "kubectl delete pod --namespace <namespace> <pod>",
      },
      {
        text: "If the probe asks for more than the program itself (its database, other services), have it changed: one slow dependency then takes all replicas out at once.",
      },
    ],
  },
  firstQueries: {
    logs: '{k8s_namespace_name="<namespace>"} | k8s_pod_name="<pod>"',
    traces: '{ resource.k8s.pod.name = "<pod>" && status = error }',
  },
  dashboard: platformDashboardUid("workloads"),
  fires: [
    {
      name: "its readiness probe fails",
      after: "5m",
      until: "30m",
      labels: pod,
      series: [
        ...running(1, steady(1, "5m"), steady(0, "25m"), steady(1)),
        series(waiting, { ...pod, container: "sidecar", reason: "CreateContainerError" }, steady(1)),
      ],
    },
  ],
  quiet: [
    { name: "it is ready", series: running(1, steady(1)) },
    {
      name: "it has ended",
      series: [...running(0, steady(0)), series(phase, { ...pod, phase: "Succeeded" }, steady(1))],
    },
    {
      name: "it is crash looping",
      series: [...running(1, steady(0)), series(waiting, { ...pod, container: "checkout", ...crashLoop }, steady(1))],
    },
  ],
});

function running(phaseRunning: number, ...samples: Samples): readonly InputSeries[] {
  return [
    series(ready, { ...pod, condition: "true" }, ...samples),
    series(
      ready,
      { ...pod, condition: "false" },
      ...samples.map((stretch) => ({ ...stretch, value: 1 - (stretch.value ?? 0) })),
    ),
    series(phase, { ...pod, phase: "Running" }, steady(phaseRunning)),
  ];
}
