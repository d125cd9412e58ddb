import {
  add,
  avg,
  bucketsOf,
  count,
  divide,
  histogramQuantile,
  matching,
  max,
  metric,
  min,
  noneOf,
  rate,
  select,
  subtract,
  sum,
} from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { badAbove } from "../../model/thresholds.ts";
import { type Topic, window } from "../topic.ts";

const requests = metric("kube_pod_container_resource_requests");
const allocatable = metric("kube_node_status_allocatable");

/** The share of what nodes can give that pods have requested. */
function requested(resource: "cpu" | "memory") {
  return divide(sum(select(requests, { resource })), sum(select(allocatable, { resource })));
}

const cluster: Topic = {
  name: "cluster",
  title: "Cluster",
  description: "The cluster as a whole: nodes, pods, and how much of what there is has been promised to somebody.",
  overview: [
    {
      title: "Nodes",
      asks: [
        query("ready", sum(select(metric("kube_node_status_condition"), { condition: "Ready", status: "true" }))),
        query("all", count(metric("kube_node_info"))),
      ],
      unit: "short",
      min: 0,
      decimals: 0,
      description: "Nodes that take pods, beside all that there are.",
    },
    {
      title: "Pods by phase",
      asks: sum(metric("kube_pod_status_phase"), { by: ["phase"] }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      stacked: true,
      description: "Pods in each phase. Many that are pending find no node, or no volume.",
    },
    {
      title: "Requested of what there is",
      asks: [query("CPU", requested("cpu")), query("memory", requested("memory"))],
      unit: "percentunit",
      min: 0,
      thresholds: badAbove({ warning: 0.85, bad: 0.95 }),
      description: "Share of what nodes can give that pods have requested. At 100 % no pod finds a node.",
    },
  ],
};

const cpuTime = metric("node_cpu_seconds_total");
const byInstance = { by: ["instance"] } as const;
const byDevice = { by: ["instance", "device"] } as const;
// Loopback and what belongs to single pods say nothing about the network of a node.
const interfaces = { device: noneOf("lo") } as const;
const disks = { fstype: noneOf("tmpfs", "ramfs", "overlay", "squashfs", "iso9660", "nsfs") } as const;

/** @see https://www.brendangregg.com/usemethod.html */
const nodes: Topic = {
  name: "nodes",
  title: "Nodes",
  description: "Utilisation, saturation and errors of each machine's processors, memory, disks and network.",
  overview: [
    {
      title: "CPU utilisation",
      asks: subtract(1, avg(rate(select(cpuTime, { mode: "idle" }), window), byInstance)),
      unit: "percentunit",
      legend: "{{instance}}",
      min: 0,
      max: 1,
      description: "Share of the time in which the processors work.",
    },
    {
      title: "CPU saturation",
      asks: divide(
        max(metric("node_load1"), byInstance),
        count(rate(select(cpuTime, { mode: "idle" }), window), byInstance),
      ),
      unit: "percentunit",
      legend: "{{instance}}",
      min: 0,
      description: "Processes that run or wait, for each processor. Above 100 % some of them wait.",
    },
    {
      title: "Memory utilisation",
      asks: subtract(
        1,
        divide(
          min(metric("node_memory_MemAvailable_bytes"), byInstance),
          max(metric("node_memory_MemTotal_bytes"), byInstance),
        ),
      ),
      unit: "percentunit",
      legend: "{{instance}}",
      min: 0,
      max: 1,
      description: "Share of the memory that is not available to new processes.",
    },
    {
      title: "Memory saturation",
      asks: max(rate(metric("node_vmstat_pgmajfault"), window), byInstance),
      unit: "ops",
      legend: "{{instance}}",
      min: 0,
      description: "Pages that had to be read from disk, per second: memory is short.",
    },
    {
      title: "Disk utilisation",
      asks: max(rate(metric("node_disk_io_time_seconds_total"), window), byDevice),
      unit: "percentunit",
      legend: "{{instance}} {{device}}",
      min: 0,
      description: "Share of the time in which a disk works.",
    },
    {
      title: "Disk saturation",
      asks: max(rate(metric("node_disk_io_time_weighted_seconds_total"), window), byDevice),
      unit: "short",
      legend: "{{instance}} {{device}}",
      min: 0,
      description: "Requests to a disk that are under way or wait.",
    },
    {
      title: "Filesystems used",
      asks: subtract(
        1,
        divide(
          min(select(metric("node_filesystem_avail_bytes"), disks), { by: ["instance", "device", "mountpoint"] }),
          max(select(metric("node_filesystem_size_bytes"), disks), { by: ["instance", "device", "mountpoint"] }),
        ),
      ),
      unit: "percentunit",
      legend: "{{instance}} {{mountpoint}}",
      min: 0,
      max: 1,
      description: "Share of each filesystem that is used up.",
    },
    {
      title: "Network traffic",
      asks: [
        query(
          "received",
          sum(rate(select(metric("node_network_receive_bytes_total"), interfaces), window), byInstance),
          {
            legend: "{{instance}} received",
          },
        ),
        query("sent", sum(rate(select(metric("node_network_transmit_bytes_total"), interfaces), window), byInstance), {
          legend: "{{instance}} sent",
        }),
      ],
      unit: "Bps",
      min: 0,
      description: "Bytes per second that come in and go out.",
    },
    {
      title: "Network errors",
      asks: add(
        sum(rate(select(metric("node_network_receive_errs_total"), interfaces), window), byInstance),
        sum(rate(select(metric("node_network_transmit_errs_total"), interfaces), window), byInstance),
      ),
      unit: "pps",
      legend: "{{instance}}",
      min: 0,
      description: "Packets per second that could not be received or sent.",
    },
  ],
};

const apiRequests = select(metric("apiserver_request_total"), { job: "apiserver" });
// A watch lasts as long as somebody watches.
const apiDurations = select(bucketsOf(metric("apiserver_request_sli_duration_seconds")), {
  job: "apiserver",
  verb: noneOf("WATCH", "CONNECT"),
});

const apiServer: Topic = {
  name: "api-server",
  title: "API server",
  description: "What the Kubernetes API answers, how fast, and what holds it up.",
  overview: [
    {
      title: "Requests by verb",
      asks: sum(rate(apiRequests, window), { by: ["verb"] }),
      unit: "reqps",
      legend: "{{verb}}",
      min: 0,
      stacked: true,
      description: "Requests per second.",
    },
    {
      title: "Requests by code",
      asks: sum(
        rate(select(metric("apiserver_request_total"), { job: "apiserver", code: matching("[45]..") }), window),
        {
          by: ["code"],
        },
      ),
      unit: "reqps",
      legend: "{{code}}",
      min: 0,
      description: "Requests per second that did not succeed. From 500 on it is the server's fault.",
    },
    {
      title: "Latency by verb",
      asks: [
        query("p99", histogramQuantile(0.99, sum(rate(apiDurations, window), { by: ["le", "verb"] })), {
          legend: "{{verb}}",
          exemplars: true,
        }),
      ],
      unit: "s",
      min: 0,
      description: "99 of 100 requests are faster than the line; what webhooks and queues take is not counted.",
    },
    {
      title: "Requests under way",
      asks: sum(select(metric("apiserver_current_inflight_requests"), { job: "apiserver" }), { by: ["request_kind"] }),
      unit: "short",
      legend: "{{request_kind}}",
      min: 0,
      description: "Requests that the server works on, those that change something and those that read.",
    },
    {
      title: "Requests that wait",
      asks: sum(select(metric("apiserver_flowcontrol_current_inqueue_requests"), { job: "apiserver" }), {
        by: ["priority_level"],
      }),
      unit: "short",
      legend: "{{priority_level}}",
      min: 0,
      description: "Requests in the queues of priority and fairness. A level that waits gets less than it asks for.",
    },
    {
      title: "Admission webhooks",
      asks: [
        query(
          "p99",
          histogramQuantile(
            0.99,
            sum(
              rate(
                select(bucketsOf(metric("apiserver_admission_webhook_admission_duration_seconds")), {
                  job: "apiserver",
                }),
                window,
              ),
              { by: ["le", "name"] },
            ),
          ),
          { legend: "{{name}}", exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "How long each webhook takes: 99 of 100 calls are faster. Every change waits for it.",
    },
  ],
};

const byServer = { by: ["server"] } as const;

const dns: Topic = {
  name: "dns",
  title: "DNS",
  description: "What CoreDNS is asked and answers, and how fast, by itself and by the servers that it asks in turn.",
  overview: [
    {
      title: "Questions",
      asks: sum(rate(metric("coredns_dns_requests_total"), window), byServer),
      unit: "reqps",
      legend: "{{server}}",
      min: 0,
      description: "Questions per second.",
    },
    {
      title: "Answers by code",
      asks: sum(rate(metric("coredns_dns_responses_total"), window), { by: ["rcode"] }),
      unit: "reqps",
      legend: "{{rcode}}",
      min: 0,
      stacked: true,
      description: "Answers per second. SERVFAIL is a failure; NXDOMAIN says that there is no such name.",
    },
    {
      title: "Latency",
      asks: [
        query(
          "p99",
          histogramQuantile(
            0.99,
            sum(rate(bucketsOf(metric("coredns_dns_request_duration_seconds")), window), { by: ["le"] }),
          ),
          { exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "99 of 100 questions are answered faster.",
    },
    {
      title: "Latency of the servers above",
      asks: [
        query(
          "p99",
          histogramQuantile(
            0.99,
            sum(rate(bucketsOf(metric("coredns_proxy_request_duration_seconds")), window), { by: ["le", "to"] }),
          ),
          { legend: "{{to}}", exemplars: true },
        ),
      ],
      unit: "s",
      min: 0,
      description: "How long the servers take that CoreDNS passes questions on to.",
    },
  ],
};

const autoscaling: Topic = {
  name: "autoscaling",
  title: "Autoscaling",
  description: "Whether there are as many pods and nodes as are needed, and what keeps more from coming.",
  overview: [
    {
      title: "Replicas of their maximum",
      asks: divide(
        max(metric("kube_horizontalpodautoscaler_status_current_replicas"), {
          by: ["namespace", "horizontalpodautoscaler"],
        }),
        max(metric("kube_horizontalpodautoscaler_spec_max_replicas"), { by: ["namespace", "horizontalpodautoscaler"] }),
      ),
      unit: "percentunit",
      legend: "{{namespace}} {{horizontalpodautoscaler}}",
      min: 0,
      description: "At 100 % an autoscaler cannot add more.",
    },
    {
      title: "Pods without a node",
      asks: sum(metric("kube_pod_status_unschedulable"), { by: ["namespace"] }),
      unit: "short",
      legend: "{{namespace}}",
      min: 0,
      decimals: 0,
      description: "Pods that no node takes.",
    },
    {
      title: "Node pools of their limit",
      asks: divide(
        max(metric("karpenter_nodepools_usage"), { by: ["nodepool", "resource_type"] }),
        max(metric("karpenter_nodepools_limit"), { by: ["nodepool", "resource_type"] }),
      ),
      unit: "percentunit",
      legend: "{{nodepool}} {{resource_type}}",
      min: 0,
      description: "Share of what a node pool may have. At 100 % it gets no more nodes.",
    },
    {
      title: "Nodes that come and go",
      asks: [
        query("created", sum(rate(metric("karpenter_nodeclaims_created_total"), window), { by: ["nodepool"] }), {
          legend: "{{nodepool}} created",
        }),
        query("terminated", sum(rate(metric("karpenter_nodeclaims_terminated_total"), window), { by: ["nodepool"] }), {
          legend: "{{nodepool}} terminated",
        }),
      ],
      unit: "ops",
      min: 0,
      description: "Nodes per second that Karpenter asks for and gives back.",
    },
    {
      title: "Errors of the cloud",
      asks: sum(rate(metric("karpenter_cloudprovider_errors_total"), window), { by: ["method", "error"] }),
      unit: "eps",
      legend: "{{method}} {{error}}",
      min: 0,
      description: "Calls to the cloud that failed, per second.",
    },
    {
      title: "Pods that wait for a node",
      asks: max(metric("karpenter_scheduler_queue_depth"), { by: ["controller"] }),
      unit: "short",
      legend: "{{controller}}",
      min: 0,
      description: "Pods that Karpenter has yet to find a place for.",
    },
  ],
};

/** What the cluster itself consists of. */
export const clusterTopics: readonly Topic[] = [cluster, nodes, apiServer, dns, autoscaling];
