import {
  add,
  divide,
  greaterThan,
  type LabelOf,
  type Metric,
  max,
  metric,
  notMatching,
  platformDashboardUid,
  rate,
  select,
  sum,
} from "@plinth/metrics";
import type { Alert } from "../alert/alert.ts";
import { defineAlert, defineTunableAlert } from "../alert/define-alert.ts";
import { type FiringScenario, growing, type InputSeries, type Scenario, series, steady } from "../alert/scenario.ts";
import { nodeOfInstance, replaceNode } from "./node-of-instance.ts";

const received = metric("node_network_receive_packets_total");
const sent = metric("node_network_transmit_packets_total");
const receiveErrors = metric("node_network_receive_errs_total");
const transmitErrors = metric("node_network_transmit_errs_total");
const receiveDrops = metric("node_network_receive_drop_total");
const transmitDrops = metric("node_network_transmit_drop_total");
const by = ["instance", "device"] as const;
const card = { instance: "10.30.0.7:9100", device: "ens5" } as const;
const pod = { instance: "10.30.0.7:9100", device: "eni3f9a1c" } as const;

// The machine's own cards, not the ends of the pods' networks: eni… is the VPC CNI's, the others those of Calico and Cilium.
const cards = { device: notMatching("lo|veth.*|eni.*|cali.*|lxc.*|cilium.*|tunl.*|dummy.*") } as const;
const packets = add(sum(rate(select(received, cards), "5m"), { by }), sum(rate(sent, "5m"), { by }));

const exceededAllowances = {
  text: "Does the cloud hold the machine back? Counters that end in allowance_exceeded and rise say which limit of the machine type is reached: bandwidth, packets, or connections.",
  command:
    "kubectl debug node/<node> --image=nicolaka/netshoot --profile=sysadmin -it -- ethtool --statistics <device>",
} as const;

/** A network card of a node receives or sends damaged packets. */
export const nodeNetworkErrors: Alert = defineTunableAlert({ value: 0.01, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeNetworkErrors",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(shareOf(receiveErrors, transmitErrors), limit),
    for: "15m",
    summary: ({ instance, device }) => `Network card ${device} of ${instance} has errors`,
    description: ({ instance, device }, value) =>
      `${value.percentage} of the packets at ${device} of ${instance} have been in error for 15 minutes.`,
    impact: "Connections of all pods of the node stall and are slow, because packets are sent again.",
    runbook: {
      meaning:
        "The card or its driver counts packets that it could not receive or send. In a cloud this is not a cable: it is a broken host, a driver, or a machine type at its limit.",
      impact: "TCP sends again and slows down; what uses UDP, such as name resolution, loses requests.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Receiving or sending, and since when?",
          promql: sum(rate(select(receiveErrors, { instance: "<instance>" }), "5m"), { by }),
        },
        exceededAllowances,
        {
          text: "Do other nodes of the same type show it? Then it is the driver or the type, not this host.",
          promql: greaterThan(shareOf(receiveErrors, transmitErrors), 0.001),
        },
      ],
      mitigation: [
        replaceNode,
        { text: "If a new node image came shortly before, go back to the previous one in the node class." },
        { text: "If it returns on new machines, open a case with the cloud's support and name the instance ids." },
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [lossy(limit, receiveErrors, "more arrive damaged"), lossy(limit, transmitErrors, "more cannot be sent")],
    quiet: calm(limit, receiveErrors, transmitErrors),
  }),
);

/** A network card of a node drops packets. */
export const nodeNetworkDrops: Alert = defineTunableAlert({ value: 0.01, unit: "ratio" }, (limit) =>
  defineAlert({
    name: "NodeNetworkDrops",
    category: "cluster",
    severity: "warning",
    labels: by,
    expr: greaterThan(shareOf(receiveDrops, transmitDrops), limit),
    for: "30m",
    summary: ({ instance, device }) => `Network card ${device} of ${instance} drops packets`,
    description: ({ instance, device }, value) =>
      `${value.percentage} of the packets at ${device} of ${instance} have been dropped for 30 minutes.`,
    impact: "Connections of the node's pods are slow and some fail: requests time out without an error anywhere.",
    runbook: {
      meaning:
        "The kernel threw away packets that came in whole: its queues were full because processors were busy, or the card had no room for what was to be sent. Packets of a protocol that nobody speaks count, too, but they are few.",
      impact: "As with errors, TCP sends again and slows down; UDP loses.",
      diagnosis: [
        nodeOfInstance,
        {
          text: "Receiving or sending? Receiving means that the machine does not keep up, sending that the card or the cloud's limit does not.",
          promql: sum(rate(select(receiveDrops, { instance: "<instance>" }), "5m"), { by }),
        },
        {
          text: "Are the processors overloaded? Then NodeCpuSaturated comes first.",
          promql: max(select(metric("node_load5"), { instance: "<instance>" }), { by: ["instance"] }),
        },
        exceededAllowances,
        {
          text: "Which pod has the traffic?",
          promql: sum(rate(select(metric("container_network_transmit_bytes_total"), { node: "<node>" }), "5m"), {
            by: ["namespace", "pod"],
          }),
        },
      ],
      mitigation: [
        {
          text: "If one pod has most of the traffic, spread its replicas over nodes, or let it run on a machine type with more bandwidth.",
        },
        { text: "If the limit of the type is reached, let the NodePool choose types whose network does not burst." },
        replaceNode,
      ],
    },
    dashboard: platformDashboardUid("nodes"),
    fires: [
      lossy(limit, receiveDrops, "more that arrive are dropped"),
      lossy(limit, transmitDrops, "more are not sent"),
    ],
    quiet: calm(limit, receiveDrops, transmitDrops),
  }),
);

type Counter = Metric<string, LabelOf<"node_network_receive_errs_total">>;

function shareOf(receiving: Counter, sending: Counter): ReturnType<typeof divide> {
  return divide(add(sum(rate(receiving, "5m"), { by }), sum(rate(sending, "5m"), { by })), packets);
}

function traffic(where: typeof card | typeof pod): readonly InputSeries[] {
  return [
    series(received, where, growing({ from: 0, perMinute: 60_000 })),
    series(sent, where, growing({ from: 0, perMinute: 60_000 })),
  ];
}

function lossy(limit: number, losing: Counter, name: string): FiringScenario & { readonly labels: typeof card } {
  const all = [receiveErrors, transmitErrors, receiveDrops, transmitDrops];
  return {
    name,
    after: "1m",
    labels: card,
    value: limit * 1.5,
    series: [
      ...traffic(card),
      ...all.map((counter) =>
        series(counter, card, counter === losing ? growing({ from: 0, perMinute: limit * 180_000 }) : steady(0)),
      ),
    ],
  };
}

function calm(limit: number, receiving: Counter, sending: Counter): readonly Scenario[] {
  const lost = growing({ from: 0, perMinute: limit * 90_000 });
  return [
    {
      name: "fewer are lost",
      series: [...traffic(card), series(receiving, card, lost), series(sending, card, steady(0))],
    },
    {
      name: "it is the end of a pod's network",
      series: [
        ...traffic(pod),
        series(receiving, pod, growing({ from: 0, perMinute: 30_000 })),
        series(sending, pod, steady(0)),
      ],
    },
  ];
}
