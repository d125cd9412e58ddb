import {
  bucketsOf,
  countOf,
  greaterThan,
  histogramQuantile,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { fasterThan, slowerThan } from "./latency-scenario.ts";

const duration = metric("apiserver_admission_webhook_admission_duration_seconds");
const server = { job: "apiserver" } as const;
const kyverno = { name: "validate.kyverno.svc-fail" } as const;

/** An admission webhook is slow, and every request that it looks at with it. */
export const admissionWebhookSlow: Alert = defineTunableAlert({ value: 1, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "AdmissionWebhookSlow",
    category: "cluster",
    severity: "warning",
    labels: ["name"],
    expr: greaterThan(
      histogramQuantile(0.99, sum(rate(select(bucketsOf(duration), server), "5m"), { by: ["name", "le"] })),
      limit,
    ),
    for: "10m",
    summary: ({ name }) => `The admission webhook ${name} is slow`,
    description: ({ name }) =>
      `One call in a hundred of the admission webhook ${name} has taken longer than ${limit} seconds for 10 minutes.`,
    impact:
      "Every change that it looks at takes that much longer; at its timeout it is refused, or let through unchecked.",
    runbook: {
      meaning:
        "The server behind the webhook answers slowly: too little processor, a policy that asks the API or a registry each time, or a burst of requests.",
      impact:
        "Deployments and autoscaling take longer, with several slow webhooks one after the other. Beyond timeoutSeconds it is AdmissionWebhookUnreachable.",
      diagnosis: [
        {
          text: "How many calls are there, and of what?",
          promql: sum(rate(select(countOf(duration), server), "5m"), { by: ["name", "operation"] }),
        },
        {
          text: "Is its server held back by its CPU limit (ContainerCpuThrottled)?",
          command: "kubectl top pods --namespace <namespace>",
        },
        {
          text: "For Kyverno: does a policy verify images or call the API? Their latency is in its own metrics and in its log.",
          command:
            "kubectl logs --namespace kyverno --selector app.kubernetes.io/component=admission-controller --since 15m",
        },
      ],
      mitigation: [
        { text: "Give its server more replicas, and more CPU or no CPU limit." },
        { text: "Narrow what it is asked for: matchConditions, namespaceSelector, only the kinds that it needs." },
        { text: "If one controller writes without end, stop that: each write is a call." },
      ],
    },
    dashboard: platformDashboardUid("api-server"),
    fires: [
      {
        name: "it takes longer",
        after: "1m",
        labels: kyverno,
        series: slowerThan(limit, duration, { ...server, ...kyverno }),
      },
    ],
    quiet: [
      { name: "it takes less long", series: fasterThan(limit, duration, { ...server, ...kyverno }) },
      {
        name: "it is slow for an aggregated server",
        series: slowerThan(limit, duration, { job: "aggregated", ...kyverno }),
      },
    ],
  }),
);
