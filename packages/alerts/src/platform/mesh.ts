import {
  increase,
  lessThan,
  matching,
  metric,
  min,
  platformDashboardUid,
  rate,
  secondsOf,
  select,
  subtract,
  sum,
  time,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { hasHappened } from "../conditions/event.ts";
import { shareAbove } from "../conditions/share.ts";

const rejects = metric("pilot_total_xds_rejects");
const root = metric("citadel_server_root_cert_expiry_timestamp");
const requests = metric("istio_requests_total");
const dashboard = platformDashboardUid("mesh");
const soon = (days: number): number => days * 86_400;
const between = { reporter: "destination", destination_workload: "checkout", response_code: "200" } as const;

/** Proxies refuse what istiod sends. */
export const istioConfigRejected: Alert = defineAlert({
  ...hasHappened({ metric: rejects, object: { type: "lds" }, within: "15m" }),
  name: "IstioConfigRejected",
  category: "platform",
  severity: "warning",
  software: "istiod",
  for: "10m",
  summary: ({ type }) => `Proxies refuse ${type} configurations of istiod`,
  description: ({ type }) => `Proxies have refused ${type} configurations within the last 15 minutes.`,
  impact: "Those proxies keep their last good configuration: new routes, listeners or endpoints do not take effect.",
  dashboard,
  firstQueries: { logs: '{namespace="istio-system", app="istiod"} |= "ACK ERROR"' },
  runbook: {
    meaning:
      "Envoy checks a configuration before it uses it, and refused one. Almost always an EnvoyFilter or a WasmPlugin is wrong, or two Gateways claim one port with different protocols; rarely proxy and istiod are too many versions apart.",
    impact:
      "lds: ports; rds: routes; cds: services; eds: addresses. A refused eds sends traffic to pods that are gone.",
    diagnosis: [
      { text: "Which types, since when?", promql: sum(increase(rejects, "1h"), { by: ["type"] }) },
      {
        text: "Which proxies, and with which words? Each refusal is a line with the node's name.",
        command: "kubectl logs --namespace istio-system --selector app=istiod --since 15m | grep 'ACK ERROR'",
      },
      { text: "Does Istio's own analysis see the mistake?", command: "istioctl analyze --all-namespaces" },
      { text: "What changed last?", command: "kubectl get envoyfilters,wasmplugins,gateways --all-namespaces" },
    ],
    mitigation: [
      { text: "Revert the change in Git. The proxies take the next good configuration at once." },
      { text: "If a single pod refuses, restart it: its proxy may be older than the rest." },
    ],
  },
});

/** The mesh's root certificate expires. */
export const istioRootCertificateExpiry: Alert = defineTunableAlert(
  { value: secondsOf("30d"), unit: "seconds" },
  (limit) => {
    const object = { namespace: "istio-system" } as const;
    return defineAlert({
      name: "IstioRootCertificateExpiry",
      category: "platform",
      severity: "critical",
      software: "istiod",
      labels: ["namespace"],
      expr: lessThan(subtract(min(root, { by: ["namespace"] }), time()), limit),
      for: "1h",
      summary: "The mesh's root certificate expires soon",
      description: ({ namespace }) =>
        `The root certificate of the mesh in ${namespace} expires in less than ${Math.round(limit / 86_400)} days.`,
      impact: "On that day every connection between workloads fails at once.",
      dashboard,
      fires: [
        {
          name: "the time that is left falls below the limit",
          after: "61m",
          labels: object,
          series: [series(root, object, steady(limit + 3_600))],
        },
      ],
      quiet: [{ name: "there is more time", series: [series(root, object, steady(limit * 1.5 + soon(1)))] }],
      runbook: {
        meaning:
          "All certificates of workloads go back to this root. istiod renews a root that it made itself, but one that was given to it (the Secret cacerts) is somebody's to renew.",
        impact:
          "None until the day; then everything. To replace a root takes two rollouts of every workload, so that both roots are trusted for a while.",
        diagnosis: [
          { text: "How many seconds are left?", promql: subtract(min(root), time()) },
          {
            text: "Was the root given to istiod, or did it make it?",
            command: "kubectl get secrets --namespace istio-system cacerts istio-ca-secret",
          },
          {
            text: "What do workloads trust now?",
            command: "istioctl proxy-config secret --namespace <namespace> <pod>",
          },
        ],
        mitigation: [
          { text: "Do not replace it in one step: first add the new root beside the old one to the trusted roots." },
          { text: "When all proxies trust both, let istiod sign with the new one; after a day take the old one away." },
          { text: "With less than a week left, escalate: plan a common restart of all workloads." },
        ],
      },
    });
  },
);

/** Requests within the mesh fail. */
export const meshServerErrors: Alert = defineTunableAlert({ value: 0.1, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({
      part: {
        metric: requests,
        where: { reporter: matching("destination|waypoint"), response_code: matching("5..") },
        sample: { ...between, response_code: "503" },
      },
      whole: { metric: requests, where: { reporter: matching("destination|waypoint") }, sample: between },
      object: { namespace: "team-backend" },
      namespaceFrom: "destination_workload_namespace",
      unlike: [{ reporter: "source" }],
      limit,
      least: 0.1,
    }),
    name: "MeshServerErrors",
    category: "platform",
    severity: "warning",
    owner: "namespace",
    software: "istiod",
    for: "10m",
    summary: ({ namespace }) => `Workloads in ${namespace} answer with errors`,
    description: ({ namespace }, value) =>
      `${value.percentage} of the requests to workloads in ${namespace} have ended with a status of 500 or more over the last 5 minutes.`,
    impact: "Their callers get errors.",
    dashboard,
    firstQueries: { traces: '{ resource.k8s.namespace.name = "<namespace>" && status = error }' },
    runbook: {
      meaning:
        "Counted by the proxies, not by the services: also what has no traces of its own shows here, and also what the proxy itself answers, when the process behind it does not.",
      impact: "Follow the calls upwards. If HighErrorRate fires for a service of the namespace, go on there.",
      diagnosis: [
        {
          text: "Which workload, and does the process answer (no flag) or the proxy (UF, UH, UC)?",
          promql: sum(
            rate(
              select(requests, { destination_workload_namespace: "<namespace>", response_code: matching("5..") }),
              "5m",
            ),
            { by: ["destination_workload", "response_code", "response_flags"] },
          ),
        },
        {
          text: "From whom do the failing requests come?",
          promql: sum(
            rate(
              select(requests, { destination_workload_namespace: "<namespace>", response_code: matching("5..") }),
              "5m",
            ),
            { by: ["source_workload", "source_workload_namespace"] },
          ),
        },
        {
          text: "Are its pods ready?",
          promql: sum(select(metric("kube_pod_status_ready"), { namespace: "<namespace>", condition: "true" }), {
            by: ["pod"],
          }),
        },
      ],
      mitigation: [
        { text: "If it began with a deployment, revert it." },
        { text: "UF or UC: the process closes connections or does not listen. Compare its port with the Service's." },
        { text: "UH: no pod is ready. See its Deployment." },
      ],
    },
  }),
);
