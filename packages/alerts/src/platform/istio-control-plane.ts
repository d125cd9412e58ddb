import {
  bucketsOf,
  histogramQuantile,
  matching,
  metric,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { hasHappened } from "../conditions/event.ts";
import { increaseAbove } from "../conditions/increase.ts";
import { quantileAbove } from "../conditions/quantile.ts";

const internal = metric("pilot_total_xds_internal_errors");
const convergence = metric("pilot_proxy_convergence_time");
const injections = metric("sidecar_injection_failure_total");
const requests = metric("istio_requests_total");
const dashboard = platformDashboardUid("mesh");
const proxyLogs = '{namespace="istio-system", app="istiod"} |~ "error|warn"';

/** istiod is down. */
export const istiodDown: Alert = defineAlert({
  ...disappears(metric("pilot_info")),
  name: "IstiodDown",
  category: "platform",
  // Proxies go on with what they know, but certificates live a day and new pods get none.
  severity: "critical",
  software: "istiod",
  for: "5m",
  summary: "istiod is down",
  description: "Prometheus has not seen istiod for 15 minutes.",
  impact:
    "New pods get neither configuration nor certificate and do not serve; proxies that run keep an old picture of where pods are.",
  dashboard,
  firstQueries: { logs: proxyLogs },
  runbook: {
    meaning:
      "istiod tells each proxy where services are and signs its certificate. No replica answers, or Prometheus reaches none.",
    impact:
      "Requests go on to addresses that were right when it stopped; each pod that moves makes that worse. After up to a day certificates end, and with them all traffic between workloads.",
    diagnosis: [
      { text: "Does it run?", command: "kubectl get pods --namespace istio-system --selector app=istiod" },
      {
        text: "Why did it end? Out of memory after growth of services, or a configuration that it cannot read.",
        command: "kubectl logs --namespace istio-system --selector app=istiod --previous --tail 100",
      },
      {
        text: "Do proxies still have their picture? STALE and missing ones are the first to fail.",
        command: "istioctl proxy-status",
      },
      {
        text: "Are users hit already?",
        promql: sum(rate(select(requests, { reporter: "source", response_code: matching("5..") }), "5m"), {
          by: ["destination_service_namespace"],
        }),
      },
    ],
    mitigation: [
      { text: "Hold back deployments and node replacements: each new pod starts without configuration." },
      { text: "If it is out of memory, raise the limit and the replicas; proxies reconnect by themselves." },
      { text: "If an upgrade broke it, go back to the old revision: proxies accept one minor version's difference." },
      { text: "If it is not back within the hour, escalate: the certificates' end is a deadline." },
    ],
  },
});

/** istiod cannot make or send configurations. */
export const istioPushErrors: Alert = defineTunableAlert({ value: 5, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({ metric: internal, object: { namespace: "istio-system" }, within: "15m", limit }),
    name: "IstioPushErrors",
    category: "platform",
    severity: "warning",
    software: "istiod",
    for: "10m",
    summary: "istiod cannot send configurations",
    description: ({ namespace }) =>
      `istiod in ${namespace} has failed more than ${limit} times within 15 minutes to make or send a configuration.`,
    impact: "Some proxies work with old addresses and routes.",
    dashboard,
    firstQueries: { logs: proxyLogs },
    runbook: {
      meaning:
        "istiod met errors of its own: an object that it cannot turn into a configuration, or a connection that broke while it sent. A few at a restart are normal, a steady stream is not.",
      impact: "The proxies concerned are stale.",
      diagnosis: [
        { text: "Which proxies are stale?", command: "istioctl proxy-status" },
        {
          text: "What is the error?",
          command: "kubectl logs --namespace istio-system --selector app=istiod --since 15m",
        },
        {
          text: "Is istiod short of CPU, so that it sends too slowly?",
          promql: histogramQuantile(0.99, sum(rate(bucketsOf(convergence), "5m"), { by: ["le"] })),
        },
      ],
      mitigation: [
        { text: "If an object is the cause, correct or revert it." },
        { text: "If istiod is short of CPU, add replicas; proxies spread over them as they reconnect." },
      ],
    },
  }),
);

/** Changes reach proxies late. */
export const istioConvergenceSlow: Alert = defineTunableAlert({ value: 10, unit: "seconds" }, (limit) =>
  defineAlert({
    ...quantileAbove({
      metric: convergence,
      object: { namespace: "istio-system" },
      quantile: 0.99,
      limit,
      least: 0.02,
    }),
    name: "IstioConvergenceSlow",
    category: "platform",
    severity: "warning",
    software: "istiod",
    for: "15m",
    summary: "Changes reach proxies late",
    description: ({ namespace }) =>
      `One of a hundred proxies of the mesh in ${namespace} has had to wait longer than ${limit} seconds for a change, for 15 minutes.`,
    impact: "During rollouts, requests go to pods that are already gone.",
    dashboard,
    runbook: {
      meaning:
        "From a change (a pod that comes or goes) to the proxy that knows of it, too much time passes: istiod is short of CPU, or each proxy gets the configuration of the whole mesh.",
      impact: "Errors at each rollout and each node that is replaced, spread over services.",
      diagnosis: [
        {
          text: "How slow, and since when?",
          promql: histogramQuantile(0.99, sum(rate(bucketsOf(convergence), "5m"), { by: ["pod", "le"] })),
        },
        { text: "How many proxies does each istiod serve?", promql: sum(metric("pilot_xds"), { by: ["pod"] }) },
        {
          text: "Is it at its CPU limit?",
          promql: sum(rate(select(metric("container_cpu_usage_seconds_total"), { container: "discovery" }), "5m"), {
            by: ["pod"],
          }),
        },
      ],
      mitigation: [
        { text: "Add replicas of istiod, or CPU to each." },
        {
          text: "Narrow what each proxy gets with Sidecar resources: the declared dependencies are all that it needs.",
        },
      ],
    },
  }),
);

/** Pods cannot be given a sidecar. */
export const istioInjectionFailing: Alert = defineAlert({
  ...hasHappened({ metric: injections, object: { namespace: "istio-system" }, within: "15m" }),
  name: "IstioInjectionFailing",
  category: "platform",
  severity: "warning",
  software: "istiod",
  for: "5m",
  summary: "Pods cannot be given a sidecar",
  description: ({ namespace }) =>
    `istiod in ${namespace} has failed to add a sidecar to pods within the last 15 minutes.`,
  impact: "The pods concerned are not created.",
  dashboard,
  firstQueries: { logs: '{namespace="istio-system", app="istiod"} |= "inject" |= "error"' },
  runbook: {
    meaning:
      "istiod adds the sidecar when a pod is created. The template and the pod's annotations do not fit together: a wrong value of an annotation, or a template that was changed.",
    impact: "Deployments of these workloads stand still; their old pods run on.",
    diagnosis: [
      { text: "Whose pods?", command: "kubectl events --all-namespaces --types Warning | grep --ignore-case inject" },
      {
        text: "What is the error?",
        command: "kubectl logs --namespace istio-system --selector app=istiod --since 15m",
      },
      {
        text: "Does it work for a plain pod?",
        command: "kubectl run --dry-run=server --namespace <namespace> --image registry.k8s.io/pause:3.10 inject-probe",
      },
    ],
    mitigation: [
      { text: "If one workload's annotation is wrong, correct it in Git." },
      { text: "If the template was changed, take that back." },
    ],
  },
});
