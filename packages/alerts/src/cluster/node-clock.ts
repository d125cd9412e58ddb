import { abs, and, equal, greaterOrEqual, greaterThan, max, metric, min, platformDashboardUid } from "@plinth/metrics";
import type { Alert, RunbookStep } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { series, steady } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const offset = metric("node_timex_offset_seconds");
const synchronised = metric("node_timex_sync_status");
const largestError = metric("node_timex_maxerror_seconds");
const by = ["instance"] as const;
const instance = { instance: "10.30.0.7:9100" } as const;

const timeService: RunbookStep = {
  text: "Does chrony reach its source? On EC2 that is 169.254.169.123, which no security group closes.",
  command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host chronyc sources -v",
};

/** The clock of a node is wrong. */
export const nodeClockSkewed: Alert = defineTunableAlert({ value: 0.05, unit: "seconds" }, (limit) =>
  defineAlert({
    name: "NodeClockSkewed",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(max(abs(offset), { by }), limit),
    for: "10m",
    summary: ({ instance }) => `The clock of ${instance} is wrong`,
    description: ({ instance }) =>
      `The clock of ${instance} has been more than ${limit * 1000} milliseconds off its source for 10 minutes.`,
    impact: "Traces and logs of the node are in the wrong order; beyond minutes, tokens and signatures are refused.",
    runbook: {
      meaning:
        "The clock follows its source and is still off: it was set by hand, the machine was paused, or the source itself is wrong. A good clock is off by less than a millisecond.",
      impact:
        "Spans begin before their parents, caches expire early or late, databases that order by time (Cassandra, CockroachDB) lose writes or stop. AWS refuses signatures that are five minutes off, and tokens are not valid yet.",
      diagnosis: [
        nodeOfInstance,
        { text: "How far, and in which direction?", promql: max(offset, { by }) },
        timeService,
      ],
      mitigation: [
        {
          text: "If the source is good, let chrony step the clock at once.",
          command: "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host chronyc makestep",
        },
        { text: "If databases that need the time run there, move them first, and step after that." },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      {
        name: "it is ahead",
        after: "5m",
        until: "25m",
        labels: instance,
        series: [series(offset, instance, steady(0, "5m"), steady(limit * 1.5, "20m"), steady(0))],
      },
      { name: "it is behind", labels: instance, series: [series(offset, instance, steady(-limit * 1.5))] },
    ],
    quiet: [{ name: "it is less off", series: [series(offset, instance, steady(-limit * 0.75))] }],
  }),
);

/** Nothing corrects the clock of a node. */
export const nodeClockNotSynchronising: Alert = defineAlert({
  name: "NodeClockNotSynchronising",
  category: "cluster",
  severity: "warning",
  labels: by,
  // The kernel lets the largest error grow while nothing corrects the clock, up to 16 seconds (NTP_PHASE_MAX, include/linux/timex.h).
  expr: and(equal(min(synchronised, { by }), 0), greaterOrEqual(max(largestError, { by }), 16)),
  for: "10m",
  summary: ({ instance }) => `Nothing corrects the clock of ${instance}`,
  description: ({ instance }) => `The clock of ${instance} has followed no source for hours.`,
  impact: "It drifts by a second or more each day; traces, tokens and databases suffer sooner or later.",
  runbook: {
    meaning:
      "The kernel says that no time service has corrected the clock for so long that it may be 16 seconds off. chrony does not run, or does not reach its source.",
    impact: "None yet, perhaps. NodeClockSkewed says when it is off, as long as there is a source to compare with.",
    diagnosis: [
      nodeOfInstance,
      {
        text: "Does chrony run?",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host systemctl status chronyd",
      },
      timeService,
      { text: "Is it one node, or a new image of all?", promql: equal(min(synchronised, { by }), 0) },
    ],
    mitigation: [
      {
        text: "Start chrony again.",
        command:
          "kubectl debug node/<node> --image=busybox --profile=sysadmin -it -- chroot /host systemctl restart chronyd",
      },
      replaceNode,
      { text: "If new nodes show it, go back to the previous image in the node class." },
    ],
  },
  dashboard: platformDashboardUid("nodes"),
  fires: [
    {
      name: "nothing has corrected it for long",
      after: "5m",
      until: "25m",
      labels: instance,
      series: [
        series(synchronised, instance, steady(0)),
        series(largestError, instance, steady(1, "5m"), steady(16, "20m"), steady(1)),
      ],
    },
  ],
  quiet: [
    {
      name: "it has stopped a while ago",
      series: [series(synchronised, instance, steady(0)), series(largestError, instance, steady(10))],
    },
    {
      name: "it is corrected",
      series: [series(synchronised, instance, steady(1)), series(largestError, instance, steady(16))],
    },
  ],
});
