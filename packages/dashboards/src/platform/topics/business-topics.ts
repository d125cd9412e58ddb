import { divide, increase, metric, notEqualTo, oneOf, rate, select, subtract, sum } from "@plinth/metrics";
import { query } from "../../model/query.ts";
import { type Topic, window } from "../topic.ts";

const byNamespace = { by: ["namespace"] } as const;
const legend = "{{namespace}}";

const security: Topic = {
  name: "security",
  title: "Security",
  description: "What was found in images and at run time, and who was refused.",
  overview: [
    {
      title: "Critical vulnerabilities",
      software: "trivy-operator",
      asks: sum(select(metric("trivy_image_vulnerabilities"), { severity: "Critical" }), byNamespace),
      unit: "short",
      legend,
      min: 0,
      decimals: 0,
      description: "Critical vulnerabilities in the images that run, each image counted by itself.",
    },
    {
      title: "Secrets in images",
      software: "trivy-operator",
      asks: sum(metric("trivy_image_exposedsecrets"), byNamespace),
      unit: "short",
      legend,
      min: 0,
      decimals: 0,
      description: "Secrets that stand in images: whoever can read the image has them.",
    },
    {
      title: "Detections",
      software: "falco",
      asks: sum(increase(metric("falcosecurity_falco_rules_matches_total"), window), { by: ["rule_name"] }),
      unit: "short",
      legend: "{{rule_name}}",
      min: 0,
      description: "What Falco saw that its rules do not allow.",
    },
    {
      title: "System calls not seen",
      software: "falco",
      asks: divide(
        sum(rate(metric("falcosecurity_scap_n_drops_total"), window), { by: ["pod"] }),
        sum(rate(metric("falcosecurity_scap_n_evts_total"), window), { by: ["pod"] }),
      ),
      unit: "percentunit",
      legend: "{{pod}}",
      min: 0,
      description: "Share of the events that came too fast for Falco.",
    },
    {
      title: "Refused by the API",
      asks: sum(
        rate(select(metric("apiserver_request_total"), { job: "apiserver", code: oneOf("401", "403") }), window),
        {
          by: ["code"],
        },
      ),
      unit: "reqps",
      legend: "{{code}}",
      min: 0,
      description: "Requests per second of somebody unknown (401), or who may not (403).",
    },
  ],
};

const requests = metric("kube_pod_container_resource_requests");

const cost: Topic = {
  name: "cost",
  title: "Cost",
  description: "What the cluster costs, and what nobody would miss.",
  overview: [
    {
      title: "Cost per hour",
      software: "opencost",
      asks: [query("nodes", sum(metric("node_total_hourly_cost")))],
      unit: "short",
      min: 0,
      description: "What the nodes cost per hour, in the currency of OpenCost's price list.",
    },
    {
      title: "CPU requested and used",
      asks: [
        query("requested", sum(select(requests, { resource: "cpu" }))),
        query(
          "used",
          sum(rate(select(metric("container_cpu_usage_seconds_total"), { container: notEqualTo("") }), window)),
        ),
        query("paid for", sum(select(metric("kube_node_status_allocatable"), { resource: "cpu" }))),
      ],
      unit: "short",
      min: 0,
      description: "Cores that pods hold, use, and that there are.",
    },
    {
      title: "Requested and not used",
      asks: subtract(
        1,
        divide(
          sum(
            rate(select(metric("container_cpu_usage_seconds_total"), { container: notEqualTo("") }), window),
            byNamespace,
          ),
          sum(select(requests, { resource: "cpu" }), byNamespace),
        ),
      ),
      unit: "percentunit",
      legend,
      max: 1,
      description: "Share of the CPU that a namespace holds and leaves idle.",
    },
    {
      title: "Volumes that nobody uses",
      asks: sum(select(metric("kube_persistentvolume_status_phase"), { phase: oneOf("Released", "Available") }), {
        by: ["phase"],
      }),
      unit: "short",
      legend: "{{phase}}",
      min: 0,
      decimals: 0,
      description: "Volumes that are paid for and belong to no claim.",
    },
    {
      title: "Memory requested",
      asks: sum(select(requests, { resource: "memory" }), byNamespace),
      unit: "bytes",
      legend,
      min: 0,
      description: "Memory that each namespace holds.",
    },
  ],
};

/** What the business asks about. */
export const businessTopics: readonly Topic[] = [security, cost];
