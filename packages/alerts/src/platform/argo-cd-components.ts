import { greaterThan, max, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { levelAbove } from "../conditions/level.ts";

const depth = metric("workqueue_depth");
const dashboard = platformDashboardUid("delivery");

/** Applications wait long for their turn. */
export const argoCdQueueLong: Alert = defineTunableAlert({ value: 100, unit: "count" }, (limit) =>
  defineAlert({
    ...levelAbove({
      metric: depth,
      where: { name: "app_reconciliation_queue" },
      object: { namespace: "argocd" },
      unlike: [{ name: "app_operation_processing_queue" }],
      limit,
    }),
    name: "ArgoCdQueueLong",
    category: "platform",
    severity: "warning",
    software: "argocd",
    for: "15m",
    summary: "Applications wait long for Argo CD",
    description: ({ namespace }) =>
      `More than ${limit} Applications have waited in ${namespace} for their reconciliation for 15 minutes.`,
    impact: "Merged changes arrive minutes or hours late.",
    dashboard,
    runbook: {
      meaning:
        "Applications come into the queue faster than the controller works them off: it is short of processors, the repository server renders slowly, the API server throttles it, or something changes all the time and makes the same Applications come back.",
      impact: "Delivery is slow for everybody. A revert waits in the same queue.",
      diagnosis: [
        {
          text: "Since when? A step up points to a change, a slow rise to growth.",
          promql: max(select(depth, { name: "app_reconciliation_queue" }), { by: ["pod"] }),
        },
        {
          text: "Is the controller short of CPU? Throttling shows as a share near 1.",
          promql: sum(rate(select(metric("container_cpu_usage_seconds_total"), { namespace: "argocd" }), "5m"), {
            by: ["pod"],
          }),
        },
        {
          text: "Which Application is refreshed all the time?",
          command:
            "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-application-controller --since 5m | grep 'Refreshing app status' | sort | uniq --count | sort --numeric-sort --reverse | head",
        },
      ],
      mitigation: [
        {
          text: "If one Application comes back all the time, name the flapping field in ignoreDifferences, or leave out the kind that nobody needs by resource.exclusions.",
        },
        { text: "If the controller is short of CPU, raise its limit and --status-processors together." },
        { text: "If many clusters share one controller, spread them over more shards." },
      ],
    },
  }),
);

/** Argo CD's application controller is down. */
export const argoCdControllerDown: Alert = defineAlert({
  ...disappears(metric("argocd_app_info")),
  name: "ArgoCdControllerDown",
  category: "platform",
  severity: "warning",
  software: "argocd",
  for: "5m",
  summary: "Argo CD's application controller is down",
  description: "Prometheus has seen no Application for 15 minutes: the controller that reports them does not answer.",
  impact: "Nothing is delivered to any cluster, and drift is not seen.",
  dashboard,
  runbook: {
    meaning:
      "The application controller exposes one series for each Application. There is none: the controller does not run, does not start, or Prometheus does not reach it.",
    impact:
      "Deliveries stand still, also reverts. Alerts on Applications are silent because their series are gone. What runs, runs on.",
    diagnosis: [
      {
        text: "Does it run? OOMKilled is the usual reason on a growing cluster.",
        command: "kubectl get pods --namespace argocd --selector app.kubernetes.io/name=argocd-application-controller",
      },
      {
        text: "Why did it end the last time?",
        command:
          "kubectl logs --namespace argocd --selector app.kubernetes.io/name=argocd-application-controller --previous --tail 100",
      },
      {
        text: "If it runs: is it scraped? No target at all means that its ServiceMonitor is not selected.",
        promql: max(select(metric("up"), { namespace: "argocd" }), { by: ["job", "pod"] }),
      },
    ],
    mitigation: [
      { text: "If it is OOMKilled, raise its memory in Git and apply that one change by hand: Argo CD cannot." },
      { text: "If a new version does not start, take the version back by hand, then in Git." },
      { text: "If an incident needs a change in the meantime, use break-glass, and bring it into Git afterwards." },
    ],
  },
});

/** Argo CD's repository server is down. */
export const argoCdRepoServerDown: Alert = defineAlert({
  ...disappears(metric("argocd_git_request_total")),
  name: "ArgoCdRepoServerDown",
  category: "platform",
  severity: "warning",
  software: "argocd",
  for: "15m",
  summary: "Argo CD's repository server is down",
  description: "Prometheus has seen no request of Argo CD to any Git repository for 25 minutes.",
  impact: "No change in Git is noticed or rendered.",
  dashboard,
  runbook: {
    meaning:
      "The repository server fetches repositories and renders manifests; every refresh needs it, at least every few minutes. Its counters are gone: no replica runs, or none is scraped.",
    impact: "Applications become Unknown, and nothing new is delivered.",
    diagnosis: [
      {
        text: "Do its pods run and pass their probes?",
        command: "kubectl get pods --namespace argocd --selector app.kubernetes.io/name=argocd-repo-server",
      },
      {
        text: "Is its disk full? It clones into an emptyDir; an evicted pod says so.",
        command: "kubectl events --namespace argocd --types Warning",
      },
      {
        text: "Is it scraped?",
        promql: max(select(metric("up"), { namespace: "argocd" }), { by: ["job", "pod"] }),
      },
      {
        text: "Do comparisons fail already?",
        promql: greaterThan(
          sum(select(metric("argocd_app_info"), { sync_status: "Unknown" }), { by: ["dest_server"] }),
          0,
        ),
      },
    ],
    mitigation: [
      { text: "If it is evicted for disk, raise the emptyDir's size, or clone shallowly." },
      { text: "If it is killed for memory while it renders, lower --parallelismlimit or raise the limit." },
      {
        text: "If a change of its configuration broke it, take it back by hand first, then in Git.",
        command: "kubectl rollout undo deployment --namespace argocd argocd-repo-server",
      },
    ],
  },
});
