import {
  componentsWithRole,
  type Document,
  type Environment,
  type Platform,
  scrapedPortsOf,
  servicesIn,
} from "@plinth/core";
import { type Signal, signals } from "../configuration/signal.ts";
import { scraperSoftware } from "../scraping/allocated-scraper.ts";
import { type Flowchart, printFlowchart } from "./mermaid.ts";
import { sendersIn } from "./senders.ts";
import { signalChart } from "./signal-chart.ts";
import { stationsIn } from "./station.ts";

/** The pages that show how each signal flows, one for each environment. */
export function flowDocuments(platform: Platform): readonly Document[] {
  return platform.environments.map((environment) => ({
    path: `docs/telemetry/flow-${environment.name}.md`,
    text: flowPage(platform, environment),
  }));
}

const words: Readonly<Record<Signal, { readonly title: string; readonly text: string }>> = {
  traces: {
    title: "Traces",
    text: "Services send spans to the agent of their own node. All spans of a trace meet in one sampler, which counts them and then decides about the trace.",
  },
  metrics: {
    title: "Metrics",
    text: "Services push metrics, agents measure nodes and pods, samplers count spans. Pages of metrics are scraped beside that.",
  },
  logs: {
    title: "Logs",
    text: "Agents read the output of every container; a service writes its logs there and sends none.",
  },
};

function flowPage(platform: Platform, environment: Environment): string {
  const stations = stationsIn(platform, environment);
  const senders = sendersIn(platform, environment);
  const silent = servicesIn(platform, environment).filter(({ instrumentation }) => instrumentation.mode === "none");
  return [
    `# How telemetry flows in ${environment.name}`,
    "",
    "Drawn from the configurations that the collectors run: each box is a component with what its options say, in the order in which data passes it.",
    "",
    ...(silent.length === 0 ? [] : [`Nothing is sent by ${silent.map(({ name }) => name).join(", ")}.`, ""]),
    ...signals.flatMap((signal) => {
      const { title, text } = words[signal];
      // Services write logs to their output; what sends a former protocol may send logs by it.
      const sending = signal === "logs" ? senders.filter(({ protocol }) => !protocol.startsWith("OTLP/")) : senders;
      const chart = signalChart(signal, stations, sending);
      return [
        `## ${title}`,
        "",
        text,
        "",
        "```mermaid",
        printFlowchart(signal === "metrics" ? withScrapes(platform, environment, chart) : chart).trimEnd(),
        "```",
        "",
      ];
    }),
  ].join("\n");
}

/** The picture of metrics with what scrapes pages of services, and is no collector. */
function withScrapes(platform: Platform, environment: Environment, chart: Flowchart): Flowchart {
  const scraped = servicesIn(platform, environment).flatMap((service) => {
    const ports = scrapedPortsOf(service).map(({ port }) => `:${port}`);
    return ports.length === 0 ? [] : [`${service.name} ${ports.join(", ")}`];
  });
  const scrapers = componentsWithRole(platform, "metrics-scraper").filter(
    ({ software }) => software !== scraperSoftware,
  );
  if (scraped.length === 0 || scrapers.length === 0) return chart;
  return {
    ...chart,
    nodes: [
      ...chart.nodes,
      { key: "pages", lines: ["pages of metrics", ...scraped], shape: "source" },
      ...scrapers.map(({ name }) => ({ key: `scraper ${name}`, lines: [name], shape: "store" as const })),
    ],
    edges: [
      ...chart.edges,
      ...scrapers.map(({ name }) => ({ from: "pages", to: `scraper ${name}`, label: "scraped" })),
    ],
  };
}
