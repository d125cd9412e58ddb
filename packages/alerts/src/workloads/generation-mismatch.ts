import { type Metric, max, metric, notEqual, platformDashboardUid } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

/** What was written into a Deployment has not been seen by its controller. */
export const deploymentGenerationMismatch: Alert = mismatch({
  kind: "Deployment",
  label: "deployment",
  wanted: metric("kube_deployment_metadata_generation"),
  seen: metric("kube_deployment_status_observed_generation"),
});

/** What was written into a StatefulSet has not been seen by its controller. */
export const statefulSetGenerationMismatch: Alert = mismatch({
  kind: "StatefulSet",
  label: "statefulset",
  wanted: metric("kube_statefulset_metadata_generation"),
  seen: metric("kube_statefulset_status_observed_generation"),
});

function mismatch<const Label extends "deployment" | "statefulset">({
  kind,
  label,
  wanted,
  seen,
}: {
  readonly kind: string;
  readonly label: Label;
  readonly wanted: Metric;
  readonly seen: Metric;
}): Alert {
  const by = ["namespace", label] as const;
  const one: { readonly [key: string]: string } = { namespace: "team-backend", [label]: "checkout" };
  const name = `${kind}GenerationMismatch`;
  return defineAlert<string>({
    name,
    category: "workloads",
    severity: "warning",
    owner: "namespace",
    labels: by,
    expr: notEqual(max(seen, { by }), max(wanted, { by })),
    for: "15m",
    summary: (labels) => `A change of ${kind} ${labels["namespace"]}/${labels[label]} is not acted on`,
    description: (labels) =>
      `${labels["namespace"]}/${labels[label]} was changed more than 15 minutes ago, and its controller has not looked at the change.`,
    impact: "A deployment, a change of replicas or a revert has no effect; Argo CD shows it as progressing.",
    runbook: {
      meaning: `Each change of the specification raises the generation, and the controller of ${kind}s writes down which one it has seen. It normally takes less than a second. The controller is behind, cannot write the status, or does not work at all.`,
      impact:
        "If it is one object, that one cannot be changed. If it is all of them, nothing in the cluster can be deployed, nor repaired.",
      diagnosis: [
        { text: "Is it one or all?", promql: notEqual(max(seen, { by }), max(wanted, { by })) },
        {
          text: "Does something write into it all the time? Two programs that disagree raise the generation without end: look at the managers of its fields.",
          command: `kubectl get ${kind.toLowerCase()} --namespace <namespace> <name> --show-managed-fields --output yaml`,
        },
        {
          text: "Does the controller manager hold its lease?",
          command: "kubectl get lease --namespace kube-system kube-controller-manager --output yaml",
        },
        {
          text: "Is the status refused, by an admission webhook for instance?",
          command: `kubectl describe ${kind.toLowerCase()} --namespace <namespace> <name>`,
        },
      ],
      mitigation: [
        {
          text: "If two programs disagree (Argo CD and an autoscaler about replicas), let one of them leave the field alone: ignoreDifferences, or no replicas in Git.",
        },
        {
          text: "If a webhook refuses the controller, repair the webhook, or exclude kube-system's controllers from it.",
        },
        { text: "If it is all objects, tell the platform's team; the controller manager is the cloud's: open a case." },
      ],
    },
    dashboard: platformDashboardUid("workloads"),
    fires: [
      {
        name: "a change is not seen",
        after: "5m",
        until: "30m",
        labels: one,
        series: [
          series<string>(wanted, one, steady(4, "5m"), steady(5)),
          series<string>(seen, one, steady(4, "30m"), steady(5)),
        ],
      },
    ],
    quiet: [
      {
        name: "each change is seen at once",
        series: [
          series<string>(wanted, one, growing({ from: 4, perMinute: 1 })),
          series<string>(seen, one, growing({ from: 4, perMinute: 1 })),
        ],
      },
    ],
  });
}
