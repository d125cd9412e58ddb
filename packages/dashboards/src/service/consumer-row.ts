import { answersRequests, dataStoreNamed, runsIn, type Service, type TopicReference } from "@plinth/core";
import { matching, max, metric, oneOf, quoteRegex, select, spanMetrics } from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import { errorThresholds, promisedLatency } from "./promise-thresholds.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import {
  panelsByName,
  type SpanPanelOptions,
  type SpanWording,
  sideBySide,
  spreadPanel,
  totalPanels,
} from "./span-panels.ts";
import { named, spanRate, spanSelection, spansOfKind } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

/** What messages are called. */
export const messageWords: SpanWording = {
  things: "Messages",
  thing: "message",
  name: "operation",
  errors: "Message errors",
  duration: "Processing time",
  unit: "mps",
};

/**
 * Messages that the service takes from its topics: rate, errors and duration, in all and for each operation, what is written beside what is taken, and how far
 * it is behind where the client of the queue tells. None for a service that consumes nothing.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "mailer") };
 * consumerRow()(view)?.panels[0]?.title; // "Messages"
 */
export function consumerRow(): ServiceRow {
  return (view) => {
    const { service } = view;
    if (service.consumes.length === 0) return undefined;
    const spans = spanSelection(
      view,
      spanMetrics.kinds.consumer,
      "Message operation",
      "Which operations the panels about messages are about.",
    );
    // What a service promises is about its answers, where it gives any.
    const options: SpanPanelOptions = {
      failedTraces: failedTraces(view, "consumer"),
      slowTraces: slowTraces(view, "consumer"),
      ...(answersRequests(service)
        ? {}
        : { errorThresholds: errorThresholds(service), latency: promisedLatency(service) }),
    };
    return row(
      "Messages",
      [
        ...totalPanels(spans, messageWords, options),
        ...panelsByName(spans, messageWords, options),
        ...sideBySide([spreadPanel(spans, messageWords), ...backlog(view), ...lag(view)]),
      ],
      { id: "messages", variables: [spans.variable] },
    );
  };
}

/** What others write to its topics, beside what it takes: the queue grows while the first is above the second. */
function backlog(view: ServiceView): readonly Panel[] {
  const { platform, environment, service } = view;
  const writers = platform.services.filter(
    (other) => runsIn(other, environment) && other.produces.some((topic) => reads(service, topic)),
  );
  if (writers.length === 0) return [];
  // https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/#span-name: the operation, and the topic.
  const topics = matching(`.*(${service.consumes.map(({ topic }) => quoteRegex(topic)).join("|")}).*`);
  const written = named(
    {
      matchers: {
        deployment_environment_name: environment.name,
        service_name: oneOf(...writers.map(({ name }) => name)),
        span_kind: spanMetrics.kinds.producer,
      },
    },
    topics,
  );
  return [
    timeseries(
      "Written and taken",
      [
        query("written", spanRate(written)),
        query("taken", spanRate(named(spansOfKind(view, spanMetrics.kinds.consumer), topics))),
      ],
      {
        unit: "mps",
        min: 0,
        description: `Messages per second that ${writers.map(({ name }) => name).join(", ")} write to the topics, and that this service takes. While more is written than taken the queue grows: look at processing time and errors, then at the number of pods.`,
      },
    ),
  ];
}

function reads({ consumes }: Service, { store, topic }: TopicReference): boolean {
  return consumes.some((own) => own.store === store && own.topic === topic);
}

/** Kafka's own client knows how far it is behind; the agent of the JVM hands that on. */
function lag({ platform, environment, service }: ServiceView): readonly Panel[] {
  const ofJvm = service.language === "java" || service.language === "kotlin";
  const fromKafka = service.consumes.some(({ store }) => dataStoreNamed(platform, store).engine === "kafka");
  if (!ofJvm || !fromKafka || service.instrumentation.mode === "none") return [];
  const records = select(metric("kafka_consumer_records_lag_max"), {
    service_name: service.name,
    deployment_environment_name: environment.name,
  });
  return [
    timeseries("Records behind", max(records, { by: ["k8s_pod_name"] }), {
      unit: "short",
      min: 0,
      legend: "{{k8s_pod_name}}",
      description:
        "How many records each pod is behind on its worst partition, as Kafka's client says. A line that only rises is a consumer that is too slow or stands still.",
    }),
  ];
}
