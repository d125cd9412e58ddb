import { max, metric, or, rate, select, spanMetrics, sum, vector } from "@plinth/metrics";
import type { BurnAlertName } from "../objectives/promise-words.ts";
import type { BurnRunbook } from "./burn-runbook-texts.ts";
import { quietAgain } from "./quiet-again.ts";

const { calls, kinds, statuses } = spanMetrics;
const service = "<service>";
const tooFast =
  "It is being used up too fast: over the long window, so that it matters, and over the short one, so that it still goes on.";

/** The pages of promises about time, and about events of a service's own. */
export const timeRunbookTexts: Readonly<
  Record<Exclude<BurnAlertName, "AvailabilityBudgetBurn" | "LatencyBudgetBurn">, BurnRunbook>
> = {
  ThroughputBudgetBurn: {
    meaning: `The service promises that enough is done, for a share of the time; each minute counts as good or bad. The rest is its error budget for the period. ${tooFast} No traffic at all is too little, too.`,
    impact: "Whoever waits for what it does waits longer every minute, or something before it has stopped.",
    diagnosis: [
      {
        text: "How much is done, and since when is it less?",
        promql: or(sum(rate(select(calls, { service_name: service }), "5m"), { by: ["span_kind"] }), vector(0)),
      },
      {
        text: "Is there anything to do? Ask the same of whoever calls it or writes its topic: if they send less, go on there.",
      },
      {
        text: "Do its pods run, and are they ready? Look at the service's dashboard for restarts and for the lag of its consumers.",
      },
    ],
    mitigation: [
      { text: "If it began with a change, revert that in Git and let Argo CD sync. Understand it afterwards." },
      {
        text: "If there is work and it is not done, restart one pod and watch it: a consumer that has lost its partition comes back so. Then look for why.",
      },
      { text: quietAgain },
    ],
  },
  FreshnessBudgetBurn: {
    meaning: `The service promises that its last success is not too long ago, for a share of the time; each minute counts as good or bad. The rest is its error budget for the period. ${tooFast}`,
    impact: "What others read from it is old: they decide by what was true some time ago.",
    diagnosis: [
      {
        text: "Does anything succeed?",
        promql: sum(rate(select(calls, { service_name: service, status_code: statuses.unset }), "5m"), {
          by: ["span_name"],
        }),
      },
      {
        text: "Does it fail, or is it not tried at all?",
        promql: sum(rate(select(calls, { service_name: service, status_code: statuses.error }), "5m"), {
          by: ["span_name", "span_kind"],
        }),
      },
      { text: "Is there anything to take in? Look at whoever writes its topic or its source." },
    ],
    mitigation: [
      { text: "If every attempt fails, the first error says why: a credential, a schema, a source that is away." },
      {
        text: "If nothing is tried, restart it, and look for a job that is suspended or a consumer without partitions.",
      },
      { text: quietAgain },
    ],
  },
  SaturationBudgetBurn: {
    meaning: `The service promises that a resource is used below a limit, for a share of the time; each minute counts as good or bad. The rest is its error budget for the period. ${tooFast}`,
    impact: "What comes next is slow answers, restarts, or requests that are refused: there is no room for more.",
    diagnosis: [
      {
        text: "Which pod is it?",
        promql: max(select(metric("container_memory_working_set_bytes"), { container: service }), {
          by: ["namespace", "pod"],
        }),
      },
      {
        text: "Is there more to do than usual?",
        promql: sum(rate(select(calls, { service_name: service, span_kind: kinds.server }), "5m")),
      },
    ],
    mitigation: [
      { text: "If it grows with traffic, add replicas, or raise its limit within the team's quota." },
      {
        text: "If it grows without traffic it leaks: restart the fullest pod, and keep a heap profile for the morning.",
      },
      { text: quietAgain },
    ],
  },
  EventsBudgetBurn: {
    meaning: `A share of events is promised to be good; what an event is, the promise says. The rest is its error budget for the period. ${tooFast}`,
    impact: "What the alert's text says is promised will not be kept if it goes on.",
    diagnosis: [
      {
        text: "Read the queries of the SLO in its PrometheusServiceLevel, and ask Prometheus for the bad events alone: by which label do they differ?",
      },
      {
        text: "How fast does the budget burn, and since when?",
        promql: select(metric("slo:current_burn_rate:ratio"), { sloth_service: service }),
      },
      {
        text: "Compare the beginning with what changed: deployments, flags, configuration, a dependency's own alerts.",
      },
    ],
    mitigation: [
      { text: "If it began with a change, revert that in Git and let Argo CD sync. Understand it afterwards." },
      { text: quietAgain },
    ],
  },
};
