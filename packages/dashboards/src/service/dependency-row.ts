import { dependenciesOf, runsIn } from "@plinth/core";
import {
  bucketsOf,
  histogramQuantile,
  linkedPanels,
  oneOf,
  rate,
  select,
  serviceDashboardUid,
  serviceGraphMetrics,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import type { Panel, UrlLink } from "../model/dashboard.ts";
import { dashboardLink } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { query } from "../model/query.ts";
import { row } from "../model/row.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import { panelsByName, type SpanWording } from "./span-panels.ts";
import { shareOf, spanSelection } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

const words: SpanWording = {
  things: "Calls",
  thing: "call",
  name: "operation",
  errors: "Call errors",
  duration: "Call latency",
  unit: "reqps",
};

const window = "$__rate_interval";

/**
 * What the service asks of others: rate, errors and duration for each of those (services, databases, queues, other companies) from the service graph, and for
 * each call from its own spans; and the way to the dashboards of those it calls. None for a service that calls nobody.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "frontend") };
 * dependencyRow()(view)?.panels[0]?.title; // "Calls by dependency"
 */
export function dependencyRow(): ServiceRow {
  return (view) => {
    const { client, producer } = spanMetrics.kinds;
    if (!callsOthers(view)) return undefined;
    const spans = spanSelection(
      view,
      oneOf(client, producer),
      "Called operation",
      "Which operations of others the panels about dependencies are about.",
    );
    const options = {
      failedTraces: failedTraces(view, "client", "producer"),
      slowTraces: slowTraces(view, "client", "producer"),
    };
    const links = calledDashboards(view);
    // The panels that alerts lead to, and where one goes on to whoever is the cause.
    const panels = panelsByName(spans, words, options).map((panel) =>
      panel.id === linkedPanels.callErrors.panel ? { ...panel, links: [...panel.links, ...links] } : panel,
    );
    return row("Dependencies", [...panelsByDependency(view, options, links), ...panels], {
      id: "dependencies",
      variables: [spans.variable],
    });
  };
}

interface CallLinks {
  readonly failedTraces: UrlLink;
  readonly slowTraces: UrlLink;
}

/** Which of them is it? The service graph knows both ends of a call, and names what sends no spans by its address. */
function panelsByDependency(
  { environment, service }: ServiceView,
  links: CallLinks,
  dashboards: readonly UrlLink[],
): readonly Panel[] {
  const of = { deployment_environment_name: environment.name, client: service.name };
  const by = ["server"];
  const { requests, failedRequests, clientDuration } = serviceGraphMetrics;
  const all = sum(rate(select(requests, of), window), { by });
  const failed = sum(rate(select(failedRequests, of), window), { by });
  const buckets = sum(rate(select(bucketsOf(clientDuration), of), window), { by: ["le", ...by] });
  const legend = "{{server}}";
  return [
    timeseries("Calls by dependency", all, {
      id: "rate-by-dependency",
      unit: "reqps",
      min: 0,
      legend,
      stacked: true,
      description:
        "Calls per second to each service, database, queue or other company. One that is gone was switched off, or the service does not get that far any more.",
    }),
    timeseries("Call errors by dependency", shareOf(failed, all), {
      id: "errors-by-dependency",
      unit: "percentunit",
      min: 0,
      legend,
      links: [links.failedTraces, ...dashboards],
      description:
        "Share of the calls to each of them that failed at either end. One line that rises alone is the cause: go to its dashboard, and to whoever owns it.",
    }),
    timeseries(
      "Call latency by dependency, p95",
      [query("p95", histogramQuantile(0.95, buckets), { legend, exemplars: true })],
      {
        id: "duration-by-dependency",
        unit: "s",
        min: 0,
        links: [links.slowTraces],
        description:
          "95 of 100 calls to each of them are faster, as this service sees it, the network included. What rises here and not on the other's dashboard is the way there, or its queue.",
      },
    ),
  ];
}

/** A consumer waits for messages: it has no span of a call. */
function callsOthers({ platform, service, environment }: ServiceView): boolean {
  return dependenciesOf(platform, service, environment).some(
    (dependency) => dependency.kind !== "data-store" || dependency.access !== "consumes",
  );
}

/** The dashboards of the services that it calls, each once. */
function calledDashboards({ platform, service, environment }: ServiceView): readonly UrlLink[] {
  const called = new Set(
    dependenciesOf(platform, service, environment).flatMap((dependency) =>
      dependency.kind === "service" && runsIn(dependency.service, environment) ? [dependency.service.name] : [],
    ),
  );
  return [...called].map((name) =>
    dashboardLink(name, serviceDashboardUid(name), { description: `The dashboard of ${name}.` }),
  );
}
