import {
  bucketsOf,
  greaterThan,
  histogramQuantile,
  metric,
  noneOf,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { fasterThan, slowerThan } from "./latency-scenario.ts";

const latency = metric("apiserver_request_sli_duration_seconds");
const requests = metric("apiserver_request_total");
const waiting = metric("apiserver_flowcontrol_current_inqueue_requests");
const stored = metric("apiserver_storage_objects");
const server = { job: "apiserver" } as const;
// Single objects: to list all of them may take long, to watch them does by its nature.
const single = { scope: "resource", verb: noneOf("WATCH", "CONNECT") } as const;
const get = { ...server, scope: "resource", verb: "GET", resource: "pods" } as const;

/** The API server is slow to read or change single objects. */
export const apiServerSlow: Alert = defineTunableAlert({ value: 1, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "ApiServerSlow",
    category: "cluster",
    severity: "warning",
    labels: ["resource"],
    expr: greaterThan(
      histogramQuantile(
        0.99,
        sum(rate(select(bucketsOf(latency), { ...server, ...single }), "5m"), { by: ["resource", "le"] }),
      ),
      limit,
    ),
    for: "10m",
    summary: ({ resource }) => `The Kubernetes API is slow: ${resource}`,
    description: ({ resource }) =>
      `One request in a hundred for a single object of ${resource} has taken longer than ${limit} seconds for 10 minutes, webhooks and queues not counted.`,
    impact:
      "Controllers, deployments and autoscaling are late; leader election may be lost, so that operators restart.",
    runbook: {
      meaning:
        "Kubernetes promises 99 % of such requests within a second (the SLO of SIG Scalability). Webhooks and the queues of priority and fairness are not counted: the server itself or its database is slow, or the objects are very large or very many.",
      impact:
        "Whatever reacts to changes reacts later. Beyond ten seconds leases are lost, and controllers restart in a circle.",
      diagnosis: [
        {
          text: "One resource or all? One: very many or large objects, or a client that hammers it. All: the server or its database.",
          promql: histogramQuantile(
            0.99,
            sum(rate(select(bucketsOf(latency), { ...server, ...single }), "5m"), { by: ["resource", "le"] }),
          ),
        },
        { text: "Are there very many objects of the kind?", promql: sum(stored, { by: ["resource"] }) },
        {
          text: "What is asked most? Lists without a limit cost the most.",
          promql: sum(rate(select(requests, server), "5m"), { by: ["verb", "resource"] }),
        },
        { text: "Do requests queue up?", promql: sum(waiting, { by: ["priority_level", "flow_schema"] }) },
      ],
      mitigation: [
        {
          text: "Find the client by its user agent in the audit log and slow it down: scale it to zero, or give it a FlowSchema of its own with few seats.",
        },
        {
          text: "If thousands of objects lie around (finished Jobs, old ReplicaSets, reports of scanners), delete them, and set a time to live.",
        },
        { text: "If neither holds, open a case with the cloud's support: only they see the database." },
      ],
    },
    dashboard: platformDashboardUid("api-server"),
    fires: [
      { name: "they take longer", after: "1m", labels: { resource: "pods" }, series: slowerThan(limit, latency, get) },
    ],
    quiet: [
      { name: "they take less long", series: fasterThan(limit, latency, get) },
      { name: "an aggregated server is slow", series: slowerThan(limit, latency, { ...get, job: "metrics-server" }) },
      { name: "lists are slow", series: slowerThan(limit, latency, { ...get, scope: "cluster", verb: "LIST" }) },
      { name: "watches last long", series: slowerThan(limit, latency, { ...get, verb: "WATCH" }) },
    ],
  }),
);
