import { dependenciesOf, runsIn } from "@plinth/core";
import { oneOf, serviceDashboardUid, spanMetrics } from "@plinth/metrics";
import type { UrlLink } from "../model/dashboard.ts";
import { dashboardLink } from "../model/link.ts";
import { row } from "../model/row.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import { panelsByName, type SpanWording } from "./span-panels.ts";
import { spanSelection } from "./span-queries.ts";
import { failedTraces, slowTraces } from "./traceql.ts";

const words: SpanWording = {
  things: "Calls",
  thing: "call",
  name: "operation",
  errors: "Call errors",
  duration: "Call latency",
  unit: "reqps",
};

/** What the service asks of others: rate, errors and duration for each call, and the way to the dashboards of those it calls; none for a service that calls nobody. */
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
    const panels = panelsByName(spans, words, options).map((panel) => ({
      ...panel,
      links: [...panel.links, ...links],
    }));
    return row("Dependencies", panels, { id: "dependencies", variables: [spans.variable] });
  };
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
