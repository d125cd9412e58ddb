import { equal, max, metric, platformDashboardUid, select } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";

const phase = metric("kube_namespace_status_phase");
const unavailable = metric("aggregator_unavailable_apiservice");
const by = ["namespace"] as const;
const namespace = { namespace: "team-old" } as const;

/** A namespace was deleted and does not go away. */
export const namespaceTerminationStuck: Alert = defineAlert({
  name: "NamespaceTerminationStuck",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: equal(max(select(phase, { phase: "Terminating" }), { by }), 1),
  for: "30m",
  summary: ({ namespace }) => `Namespace ${namespace} does not go away`,
  description: ({ namespace }) => `${namespace} was deleted more than 30 minutes ago and still has content.`,
  impact:
    "Nothing can be made in it, and none of its name; what it owns in the cloud (load balancers, volumes) may still be paid for.",
  runbook: {
    meaning:
      "Kubernetes deletes everything in a namespace and then the namespace. It waits for objects whose finalizer nobody removes, because their controller is gone or fails, or for an API that cannot be listed.",
    impact:
      "Argo CD cannot make the namespace again. Resources outside the cluster that a finalizer guards are still there.",
    diagnosis: [
      {
        text: "What is left? The conditions name the kinds and the finalizers.",
        command:
          'kubectl get namespace <namespace> --output jsonpath=\'{range .status.conditions[*]}{.type}{": "}{.message}{"\\n"}{end}\'',
      },
      {
        text: "Does NamespaceDeletionDiscoveryFailure hold? Then an aggregated API is down, and no namespace can go.",
        promql: equal(max(unavailable, { by: ["name"] }), 1),
      },
      {
        text: "Which objects are there still?",
        command:
          "kubectl api-resources --verbs list --namespaced --output name | xargs -n 1 kubectl get --namespace <namespace> --ignore-not-found --show-kind --no-headers",
      },
      {
        text: "Why does the controller that owns the finalizer not finish? Its log says so: often it lacks a permission in the cloud, or was removed before its objects.",
      },
    ],
    mitigation: [
      { text: "Repair the API or the controller: then it goes on by itself within a minute." },
      {
        text: "If the controller is gone for good, delete by hand what it guarded in the cloud (load balancer, volume, DNS record), and only then remove the finalizer of that one object.",
        command:
          'kubectl patch <kind> --namespace <namespace> <name> --type merge --patch \'{"metadata":{"finalizers":null}}\'',
      },
      {
        text: "Do not remove the finalizer of the namespace itself: its objects would stay in the database, and come back with a namespace of that name.",
      },
    ],
  },
  dashboard: platformDashboardUid("cluster"),
  fires: [
    {
      name: "it has been deleted",
      after: "5m",
      until: "50m",
      labels: namespace,
      series: [
        series(phase, { ...namespace, phase: "Terminating" }, steady(0, "5m"), steady(1, "45m"), steady(0)),
        series(phase, { ...namespace, phase: "Active" }, steady(1, "5m"), steady(0)),
      ],
    },
  ],
  quiet: [
    {
      name: "it is in use",
      series: [
        series(phase, { ...namespace, phase: "Terminating" }, steady(0)),
        series(phase, { ...namespace, phase: "Active" }, steady(1)),
      ],
    },
  ],
});
