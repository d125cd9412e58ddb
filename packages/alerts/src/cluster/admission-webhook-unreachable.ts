import { greaterThan, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert } from "../alert/define-alert.ts";
import { growing, series, steady } from "../alert/scenario.ts";

const refused = metric("apiserver_admission_webhook_rejection_count");
const passed = metric("apiserver_admission_webhook_fail_open_count");
const server = { job: "apiserver" } as const;
const uncallable = { error_type: "calling_webhook_error" } as const;
const kyverno = { name: "validate.kyverno.svc-fail" } as const;
const rising = [steady(0, "5m"), growing({ from: 0, perMinute: 2, lasts: "31m" }), steady(60)];

const findServer: Runbook["diagnosis"] = [
  {
    text: "Which configuration has the webhook, and which Service does it call?",
    command:
      "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations --output yaml | grep -B 5 -A 25 'name: <name>'",
  },
  {
    text: "Do the pods behind that Service run and pass their readiness probe?",
    command: "kubectl get endpointslices --namespace <namespace> --selector kubernetes.io/service-name=<service>",
  },
  {
    text: "What is the error: a timeout (overload, network), connection refused (no pod), x509 (certificate or caBundle)?",
    command: "kubectl get events --all-namespaces --field-selector type=Warning --sort-by .lastTimestamp",
  },
];

const repair: Runbook["mitigation"] = [
  { text: "No ready pod: repair the pods. If they cannot start because of their own webhook, see the last step." },
  {
    text: "A timeout: open the way from the control plane to the webhook's port (NetworkPolicy, security group), or scale its server up.",
  },
  {
    text: "x509: let its certificate be renewed, and the caBundle with it; restarting the server's pods often does both.",
  },
];

/** Requests are refused because an admission webhook cannot be called. */
export const admissionWebhookUnreachable: Alert = defineAlert({
  name: "AdmissionWebhookUnreachable",
  category: "cluster",
  severity: "critical",
  labels: ["name"],
  expr: greaterThan(sum(rate(select(refused, { ...server, ...uncallable }), "5m"), { by: ["name"] }), 0),
  for: "5m",
  summary: ({ name }) => `Requests are refused because the admission webhook ${name} cannot be called`,
  description: ({ name }) =>
    `For 5 minutes the API server has refused requests because it could not call the admission webhook ${name}.`,
  impact: "Objects that it looks at cannot be made or changed: no deployment, and no replacement for pods that fail.",
  runbook: {
    meaning:
      "The webhook has failurePolicy Fail: when its server does not answer in time, the request is refused. That is what a policy engine must do, and it makes its server a part of the control plane.",
    impact:
      "If the webhook looks at pods, nothing can be scheduled: rollouts stop, pods of a lost node do not come back, autoscaling does nothing. Every minute the cluster loses what fails by itself.",
    diagnosis: [
      {
        text: "Which webhooks, and which operations?",
        promql: sum(rate(select(refused, { ...server, ...uncallable }), "5m"), { by: ["name", "operation"] }),
      },
      ...findServer,
    ],
    mitigation: [
      ...repair,
      {
        text: "If it cannot be repaired within minutes, take the webhook out of the way: delete its configuration and watch that its controller does not bring it back at once (scale that to zero first). Until it is back, nothing is checked: write down when, and look at what was admitted meanwhile.",
        command: "kubectl delete validatingwebhookconfiguration <configuration>",
      },
    ],
  },
  firstQueries: { logs: '{k8s_namespace_name="<namespace>"} |= "webhook"' },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "its server does not answer",
      after: "6m",
      until: "39m",
      labels: kyverno,
      series: [series(refused, { ...server, ...kyverno, ...uncallable }, ...rising)],
    },
  ],
  quiet: [
    {
      name: "it refuses what it should refuse",
      series: [series(refused, { ...server, ...kyverno, error_type: "no_error" }, growing({ from: 0, perMinute: 5 }))],
    },
    {
      name: "it could not be called long ago",
      series: [series(refused, { ...server, ...kyverno, ...uncallable }, steady(50))],
    },
    {
      name: "an aggregated server refuses requests",
      series: [series(refused, { job: "aggregated", ...kyverno, ...uncallable }, growing({ from: 0, perMinute: 5 }))],
    },
  ],
});

/** Requests are let through unchecked because an admission webhook cannot be called. */
export const admissionWebhookFailsOpen: Alert = defineAlert({
  name: "AdmissionWebhookFailsOpen",
  category: "cluster",
  severity: "warning",
  labels: ["name"],
  expr: greaterThan(sum(rate(select(passed, server), "5m"), { by: ["name"] }), 0),
  for: "5m",
  summary: ({ name }) => `Requests pass unchecked: the admission webhook ${name} cannot be called`,
  description: ({ name }) =>
    `For 5 minutes the API server has let requests through because it could not call the admission webhook ${name}.`,
  impact: "What the webhook should forbid is admitted, and what it should add (sidecars, defaults) is missing.",
  runbook: {
    meaning:
      "The webhook has failurePolicy Ignore: when its server does not answer in time, the request goes on without it.",
    impact:
      "Nothing fails now. But pods without their sidecar or their labels come into being, and stay until they are made anew; a policy is not enforced in that time.",
    diagnosis: [
      {
        text: "Which webhooks, and does each request wait for the timeout first? Then everything is slow, too.",
        promql: sum(rate(select(passed, server), "5m"), { by: ["name", "type"] }),
      },
      ...findServer,
    ],
    mitigation: [
      ...repair,
      {
        text: "Then find what slipped through: pods that are younger than the beginning of the alert and lack what the webhook adds. Restart their Deployments.",
        command: "kubectl get pods --all-namespaces --sort-by .metadata.creationTimestamp",
      },
    ],
  },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "its server does not answer",
      after: "6m",
      until: "39m",
      labels: { name: "sidecar-injector.istio.io" },
      series: [series(passed, { ...server, name: "sidecar-injector.istio.io", type: "admit" }, ...rising)],
    },
  ],
  quiet: [
    {
      name: "requests passed long ago",
      series: [series(passed, { ...server, name: "sidecar-injector.istio.io", type: "admit" }, steady(50))],
    },
    {
      name: "an aggregated server lets them pass",
      series: [
        series(passed, { job: "aggregated", name: "sidecar-injector.istio.io" }, growing({ from: 0, perMinute: 5 })),
      ],
    },
  ],
});
