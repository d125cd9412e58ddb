import { add, divide, greaterThan, metric, platformDashboardUid, rate, select, sum } from "@plinth/metrics";
import type { Alert, Runbook } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { growing, type InputSeries, series, steady } from "../alert/scenario.ts";

const rejected = metric("apiserver_flowcontrol_rejected_requests_total");
const terminated = metric("apiserver_request_terminations_total");
const requests = metric("apiserver_request_total");
const waiting = metric("apiserver_flowcontrol_current_inqueue_requests");
const server = { job: "apiserver" } as const;
const by = ["flow_schema", "priority_level", "reason"] as const;
const flow = { flow_schema: "service-accounts", priority_level: "workload-low", reason: "queue-full" } as const;

const findClient: Runbook["diagnosis"] = [
  {
    text: "Who asks so much? Among the requests of that time the audit log shows user agent and verb; lists of everything cost the most.",
    promql: sum(rate(select(requests, server), "5m"), { by: ["verb", "resource"] }),
  },
  { text: "Which queues are full?", promql: sum(waiting, { by: ["priority_level", "flow_schema"] }) },
  {
    text: "Which priority levels and flows are there, with how many seats?",
    command: "kubectl get --raw /debug/api_priority_and_fairness/dump_priority_levels",
  },
];

const slowDown: Runbook["mitigation"] = [
  {
    text: "Slow the client down: scale it to zero if it can wait, and tell its team. Mostly it lists in a loop where it should watch.",
    command: "kubectl scale --namespace <namespace> deployment/<name> --replicas 0",
  },
  {
    text: "If it cannot be stopped, give it a FlowSchema and a priority level of its own with few seats, so that it waits for itself alone.",
  },
  {
    text: "If nobody asks more than usual, the server answers slower than usual: see ApiServerSlow, and open a case with the cloud's support.",
  },
];

/** Priority and fairness of the API server refuses requests of a flow. */
export const apiServerRejectsRequests: Alert = defineAlert({
  name: "ApiServerRejectsRequests",
  category: "cluster",
  severity: "warning",
  labels: by,
  expr: greaterThan(sum(rate(select(rejected, server), "5m"), { by }), 0),
  for: "10m",
  summary: ({ flow_schema, reason }) => `The Kubernetes API refuses requests of ${flow_schema}: ${reason}`,
  description: ({ flow_schema, priority_level, reason }) =>
    `For 10 minutes the API server has refused requests of the flow ${flow_schema} at the priority ${priority_level}: ${reason}.`,
  impact: "Clients of that flow get 429 and wait: the controllers and programs among them are late.",
  runbook: {
    meaning:
      "Requests are sorted into flows, and each priority level has so many seats and queues. The queues of this level are full (queue-full, concurrency-limit) or requests waited too long in them (time-out). Other levels are not affected: that is the purpose.",
    impact:
      "workload-low are service accounts of programs, global-default people; leader-election, system and node-high hit the cluster itself and are urgent.",
    diagnosis: findClient,
    mitigation: slowDown,
  },
  dashboard: platformDashboardUid("api-server"),
  fires: [
    {
      name: "requests are refused again and again",
      after: "6m",
      until: "39m",
      labels: flow,
      series: [
        series(
          rejected,
          { ...server, ...flow },
          steady(0, "5m"),
          growing({ from: 0, perMinute: 3, lasts: "31m" }),
          steady(90),
        ),
      ],
    },
  ],
  quiet: [
    { name: "requests were refused long ago", series: [series(rejected, { ...server, ...flow }, steady(40))] },
    {
      name: "an aggregated server refuses them",
      series: [series(rejected, { job: "metrics-server", ...flow }, growing({ from: 0, perMinute: 3 }))],
    },
  ],
});

/** The API server cuts requests off to save itself. */
export const apiServerTerminatesRequests: Alert = defineTunableAlert({ value: 0.05, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "ApiServerTerminatesRequests",
    category: "cluster",
    severity: "warning",
    expr: greaterThan(
      divide(
        sum(rate(select(terminated, server), "5m")),
        add(sum(rate(select(requests, server), "5m")), sum(rate(select(terminated, server), "5m"))),
      ),
      limit,
    ),
    for: "10m",
    summary: "The Kubernetes API server cuts requests off",
    description: (_, value) =>
      `For 10 minutes the API server has cut off ${value.percentage} of all requests to save itself.`,
    impact: "Clients of all kinds get 429 or 504: deployments, autoscaling and operators are late or fail.",
    runbook: {
      meaning:
        "The server has ended requests itself: with 429 before they began because it had no room, or with 504 because they took longer than a minute.",
      impact:
        "Controllers try again, which adds load. Nodes and leader election have a priority of their own and mostly get through.",
      diagnosis: [
        {
          text: "Which, and with which code? 429 is overload; 504 is slow: webhooks, the database, large lists.",
          promql: sum(rate(select(terminated, server), "5m"), { by: ["verb", "resource", "code"] }),
        },
        ...findClient,
      ],
      mitigation: slowDown,
    },
    dashboard: platformDashboardUid("api-server"),
    fires: [
      {
        name: "more are cut off",
        after: "1m",
        labels: {},
        value: limit * 1.5,
        series: cutOff("apiserver", limit * 1.5, "metrics-server"),
      },
    ],
    quiet: [{ name: "fewer are cut off", series: cutOff("apiserver", limit * 0.75, "metrics-server") }],
  }),
);

/** A server that cuts a share of its requests off, and another one that cuts all of many. */
function cutOff(job: string, share: number, other: string): readonly InputSeries[] {
  return [
    series(requests, { job, verb: "LIST" }, growing({ from: 0, perMinute: 6000 * (1 - share) })),
    series(terminated, { job, verb: "LIST" }, growing({ from: 0, perMinute: 6000 * share })),
    series(requests, { job: other, verb: "LIST" }, growing({ from: 0, perMinute: 60_000 })),
    series(terminated, { job: other, verb: "LIST" }, growing({ from: 0, perMinute: 60_000 })),
  ];
}
