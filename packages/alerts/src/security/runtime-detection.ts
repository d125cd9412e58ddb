import { increase, matching, max, metric, platformDashboardUid, rate, sum } from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { disappears } from "../conditions/disappearance.ts";
import { hasHappened } from "../conditions/event.ts";
import { increaseAbove, keepsRising } from "../conditions/increase.ts";
import { shareAbove } from "../conditions/share.ts";

const matches = metric("falcosecurity_falco_rules_matches_total");
const drops = metric("falcosecurity_scap_n_drops_total");
const events = metric("falcosecurity_scap_n_evts_total");
const outputs = metric("falcosecurity_falco_outputs_queue_num_drops_total");
const falco = { namespace: "falco", pod: "falco-x2x9f" } as const;
const dashboard = platformDashboardUid("security");
const detections = '{namespace="falco"} | json | rule = "<rule_name>"';

/** Falco saw something that should never happen. */
export const falcoCriticalDetection: Alert = defineAlert({
  // Priorities of syslog: 0 emergency, 1 alert, 2 critical.
  ...hasHappened({
    metric: matches,
    where: { priority: matching("[0-2]") },
    object: { pod: "falco-x2x9f", rule_name: "Drop and execute new binary in container" },
    sample: { priority: "2", source: "syscall" },
    unlike: [{ priority: "4" }],
    within: "15m",
  }),
  name: "FalcoCriticalDetection",
  category: "security",
  severity: "critical",
  software: "falco",
  summary: ({ rule_name }) => `Falco: ${rule_name}`,
  description: ({ rule_name, pod }) =>
    `${pod} has seen a system call within the last 15 minutes that matches the critical rule "${rule_name}".`,
  impact:
    "Somebody may be doing in a container what no program of ours does. Treat it as an intrusion until it is explained.",
  dashboard,
  firstQueries: { logs: detections },
  runbook: {
    meaning:
      "Falco reads the kernel's system calls. Rules of priority critical and above are written for what an attacker does after breaking in: running a binary that is not in the image, changing the loader, leaving the container.",
    impact: "Unknown, which is the point. What the container can reach, the intruder can.",
    diagnosis: [
      {
        text: 'Which container, which command, which user? The log line names them; the metric does not. (LogQL) {namespace="falco"} | json | rule = "<rule_name>"',
      },
      { text: "How often, and on how many nodes?", promql: sum(increase(matches, "1h"), { by: ["rule_name", "pod"] }) },
      {
        text: "Does somebody have a shell there on purpose? Ask in the channel, and look at the audit log for exec.",
        command: "kubectl get events --namespace <namespace> --sort-by .lastTimestamp",
      },
      {
        text: "What does the pod talk to?",
        promql: sum(rate(metric("istio_requests_total"), "5m"), { by: ["source_workload", "destination_service"] }),
      },
    ],
    mitigation: [
      {
        text: "Do not delete the pod: evidence goes with it. Escalate to the security lead first; this is their decision from here on.",
      },
      {
        text: "Cut it off from the network, and from its Service: the label takes it out of both.",
        command: "kubectl label pod --namespace <namespace> <pod> app.kubernetes.io/name=quarantine --overwrite",
      },
      {
        text: "Keep its node from being given back.",
        command: "kubectl annotate node <node> karpenter.sh/do-not-disrupt=true",
      },
      { text: "Rotate every secret that the pod could read." },
      {
        text: "If it was ours and harmless, narrow the rule by an exception that names image and command, not the namespace.",
      },
    ],
  },
});

/** Falco sees many suspicious things. */
export const falcoDetectionsMany: Alert = defineTunableAlert({ value: 20, unit: "count" }, (limit) =>
  defineAlert({
    ...increaseAbove({
      metric: matches,
      where: { priority: matching("[34]") },
      object: { rule_name: "Terminal shell in container" },
      sample: { priority: "4", source: "syscall" },
      unlike: [{ priority: "6" }],
      within: "1h",
      limit,
    }),
    name: "FalcoDetectionsMany",
    category: "security",
    severity: "warning",
    software: "falco",
    for: "5m",
    summary: ({ rule_name }) => `Falco, many times: ${rule_name}`,
    description: ({ rule_name }) => `System calls have matched "${rule_name}" more than ${limit} times within an hour.`,
    impact: "Either somebody looks around, or a deployment does what the rule forbids, and hides the next real one.",
    dashboard,
    firstQueries: { logs: detections },
    runbook: {
      meaning:
        "One match of an error or a warning is often a person at work. Many in an hour are a program: a new version, a scanner, or an intruder's script.",
      impact: "While it goes on, nobody can read Falco's output.",
      diagnosis: [
        {
          text: 'Which images and commands? (LogQL) sum by (output_fields_container_image_repository, output_fields_proc_cmdline) (count_over_time({namespace="falco"} | json [1h]))',
        },
        {
          text: "Did it begin with a deployment?",
          promql: sum(increase(matches, "1h"), { by: ["rule_name", "priority"] }),
        },
      ],
      mitigation: [
        { text: "If it is a service of ours, have its team change it, or write an exception with image and command." },
        { text: "If nobody knows it, go on as with FalcoCriticalDetection." },
      ],
    },
  }),
);

/** Falco does not see everything. */
export const falcoDropsEvents: Alert = defineTunableAlert({ value: 0.01, unit: "ratio" }, (limit) =>
  defineAlert({
    ...shareAbove({ part: { metric: drops }, whole: { metric: events }, object: falco, limit, least: 100 }),
    name: "FalcoDropsEvents",
    category: "security",
    severity: "warning",
    software: "falco",
    for: "15m",
    summary: ({ pod }) => `Falco ${pod} does not see everything`,
    description: ({ namespace, pod }, value) =>
      `${namespace}/${pod} has lost ${value.percentage} of the system calls over the last 5 minutes.`,
    impact: "What happened meanwhile on this node is not looked at.",
    dashboard,
    runbook: {
      meaning:
        "The kernel writes system calls into a buffer, and Falco reads too slowly: it is short of CPU, or a process on the node makes extremely many.",
      impact: "A blind spot; an attacker can make one on purpose by noise.",
      diagnosis: [
        { text: "Which nodes?", promql: sum(rate(drops, "5m"), { by: ["pod"] }) },
        {
          text: "Is Falco throttled?",
          promql: sum(rate(metric("container_cpu_usage_seconds_total"), "5m"), { by: ["namespace", "pod"] }),
        },
        { text: "Who is so busy on that node?", command: "kubectl top pods --all-namespaces --sort-by cpu" },
      ],
      mitigation: [
        { text: "Raise Falco's CPU limit, or the buffer: engine.modern_ebpf.buf_size_preset." },
        {
          text: "If one workload is the cause, leave out only the system calls that no rule needs: base_syscalls.repair.",
        },
      ],
    },
  }),
);

/** Falco's detections do not get out. */
export const falcoOutputsDropped: Alert = defineAlert({
  ...keepsRising({ metric: outputs, object: falco }),
  name: "FalcoOutputsDropped",
  category: "security",
  severity: "warning",
  software: "falco",
  for: "5m",
  summary: ({ pod }) => `Detections of Falco ${pod} are lost`,
  description: ({ namespace, pod }) =>
    `${namespace}/${pod} has dropped detections for 5 minutes, because an output is too slow.`,
  impact: "Detections are made and nobody hears of them.",
  dashboard,
  runbook: {
    meaning: "The queue of outputs is full: the receiver does not answer, or one rule matches without end.",
    impact: "Critical ones can be among those that are lost.",
    diagnosis: [
      { text: "Which rule floods?", promql: sum(rate(matches, "5m"), { by: ["rule_name"] }) },
      {
        text: "Does the receiver answer?",
        command: "kubectl logs --namespace <namespace> <pod> --since 10m | grep --ignore-case output",
      },
      { text: "How many are lost?", promql: sum(increase(outputs, "15m"), { by: ["pod"] }) },
    ],
    mitigation: [
      { text: "If one rule floods, add an exception for what matches, not for the rule." },
      {
        text: "If the receiver is down, bring it back; until then detections are in the pod's log only if stdout_output is on.",
      },
    ],
  },
});

/** Falco is down. */
export const falcoDown: Alert = defineAlert({
  ...disappears(metric("falcosecurity_falco_version_info")),
  name: "FalcoDown",
  category: "security",
  severity: "warning",
  software: "falco",
  for: "15m",
  summary: "Falco is down",
  description: "Prometheus has not seen Falco on any node for 25 minutes.",
  impact: "Nobody looks at what containers do.",
  dashboard,
  runbook: {
    meaning:
      "No Falco answers on any node: the driver does not fit the kernel of a new node image, the configuration is wrong, or it is not scraped. Somebody who breaks in stops it first.",
    impact: "No detection until it is back.",
    diagnosis: [
      { text: "Do its pods run?", command: "kubectl get pods --namespace falco --output wide" },
      {
        text: "Does the probe load?",
        command: "kubectl logs --namespace falco --selector app.kubernetes.io/name=falco --tail 50 --prefix",
      },
      {
        text: "Who changed its DaemonSet?",
        command: "kubectl get daemonset --namespace falco falco --output yaml --show-managed-fields",
      },
      { text: "If it runs: is it scraped?", promql: max(metric("up"), { by: ["namespace", "job"] }) },
    ],
    mitigation: [
      {
        text: "If it ended with a new node image, take the image back, or use the modern eBPF driver, which needs no build.",
      },
      { text: "If nobody of us stopped it, escalate to the security lead." },
    ],
  },
});
