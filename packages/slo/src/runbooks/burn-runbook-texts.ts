import {
  bucketsOf,
  countOf,
  divide,
  type Expression,
  histogramQuantile,
  rate,
  select,
  spanMetrics,
  subtract,
  sum,
} from "@plinth/metrics";
import type { BurnAlertName } from "../objectives/promise-words.ts";
import type { additionalAlertNames } from "../rules/additional-rules.ts";
import { additionalTexts } from "./additional-runbook-texts.ts";
import { quietAgain } from "./quiet-again.ts";
import { timeRunbookTexts } from "./time-runbook-texts.ts";

/** An alert that an objective can have. */
export type ObjectiveAlertName = BurnAlertName | (typeof additionalAlertNames)[keyof typeof additionalAlertNames];

/** What a person who was woken by a burning error budget reads. */
export interface BurnRunbook {
  readonly meaning: string;
  readonly impact: string;
  readonly diagnosis: readonly BurnRunbookStep[];
  readonly mitigation: readonly BurnRunbookStep[];
}

/** A sentence, and what to ask Prometheus. `<service>` stands for what the reader fills in. */
export interface BurnRunbookStep {
  readonly text: string;
  readonly promql?: Expression;
}

const { calls, duration, kinds, statuses } = spanMetrics;
const service = "<service>";

/** The pages, by the alert that they are for. */
export const burnRunbookTexts: Readonly<Record<ObjectiveAlertName, BurnRunbook>> = {
  AvailabilityBudgetBurn: {
    meaning:
      "The service promises a share of requests, or of messages that it takes from a topic, that end without an error. The rest is its error budget for the period. It is being used up too fast: both over the long window, so that it matters, and over the short one, so that it still goes on. Unless the promise names another source, the spans of the service itself are counted, before sampling: those with status ERROR, which for HTTP are answers from 500 on.",
    impact: "Callers get errors, and what is promised to them will not be kept if it goes on.",
    diagnosis: [
      {
        text: "Which operation fails, and since when?",
        promql: sum(rate(select(calls, { service_name: service, status_code: statuses.error }), "5m"), {
          by: ["span_name", "span_kind"],
        }),
      },
      {
        text: "Is it the service, or something that it calls? If its calls fail at the same time, go on with whom it calls.",
        promql: divide(
          sum(
            rate(select(calls, { service_name: service, span_kind: kinds.client, status_code: statuses.error }), "5m"),
          ),
          sum(rate(select(calls, { service_name: service, span_kind: kinds.client }), "5m")),
        ),
      },
      {
        text: 'Read failed traces in Grafana, Explore, Tempo: { resource.service.name = "<service>" && status = error }. Every trace with an error is kept.',
      },
      {
        text: "Compare the beginning with what changed: deployments, flags, configuration, a dependency's own alerts.",
      },
    ],
    mitigation: [
      { text: "If it began with a change, revert that in Git and let Argo CD sync. Understand it afterwards." },
      {
        text: "If a dependency fails, go on there; if the service can do without it, turn the feature off with its flag.",
      },
      { text: quietAgain },
    ],
  },
  LatencyBudgetBurn: {
    meaning:
      "The service promises a share of requests that are answered within a time. The rest is its error budget for the period. It is being used up too fast: both over the long window, so that it matters, and over the short one, so that it still goes on. Unless the promise names another source, the spans of the service itself are counted, before sampling, whether they end in an error or not.",
    impact: "Callers wait, and what is promised to them will not be kept if it goes on.",
    diagnosis: [
      {
        text: "Which operation is slow?",
        promql: histogramQuantile(
          0.95,
          sum(rate(select(bucketsOf(duration), { service_name: service, span_kind: kinds.server }), "5m"), {
            by: ["span_name", "le"],
          }),
        ),
      },
      {
        text: "Does it wait for something that it calls? If its calls became slower at the same time, go on with whom it calls.",
        promql: histogramQuantile(
          0.95,
          sum(rate(select(bucketsOf(duration), { service_name: service, span_kind: kinds.client }), "5m"), {
            by: ["span_name", "le"],
          }),
        ),
      },
      {
        text: "Is there more to do than usual? The difference to the same time a week ago, in requests for each second.",
        promql: subtract(
          sum(rate(select(countOf(duration), { service_name: service, span_kind: kinds.server }), "5m")),
          sum(
            rate(
              { ...select(countOf(duration), { service_name: service, span_kind: kinds.server }), offset: "1w" },
              "5m",
            ),
          ),
        ),
      },
      {
        text: 'Read slow traces in Grafana, Explore, Tempo: { resource.service.name = "<service>" && duration > 200ms }. Very slow ones are always kept.',
      },
      { text: "Look at the service's dashboard for throttled processors, memory near its limit, and restarts." },
    ],
    mitigation: [
      { text: "If it began with a change, revert that in Git and let Argo CD sync. Understand it afterwards." },
      {
        text: "If it has too much to do, add replicas or raise its limits within the team's quota, and look for whoever sends more than usual.",
      },
      { text: "If a dependency is slow, go on there." },
      { text: quietAgain },
    ],
  },
  ...timeRunbookTexts,
  ...additionalTexts,
};
