import { parseDuration } from "@plinth/core";
import { servedSpanKind, spanMetrics } from "@plinth/metrics";
import type { Panel } from "../model/dashboard.ts";
import { logsLink } from "../model/link.ts";
import { timeseries } from "../model/panel.ts";
import { logs, serviceMap, traces } from "../model/panel-telemetry.ts";
import { logQuery } from "../model/query.ts";
import { row } from "../model/row.ts";
import { promisedLatency } from "./promise-thresholds.ts";
import type { ServiceRow, ServiceView } from "./service-row.ts";
import { type SpanKind, spansOf } from "./traceql.ts";

/**
 * The lines of a service in an environment.
 *
 * @see https://grafana.com/docs/loki/latest/send-data/otel/#format-considerations
 */
export function logStream({ environment, service }: ServiceView): string {
  return `{service_name=${JSON.stringify(service.name)}, deployment_environment_name=${JSON.stringify(environment.name)}}`;
}

// Loki finds the level in the line where its sender says none; how it is written differs.
const failures = '| detected_level=~"(?i)error|critical|fatal"';

/**
 * What the service logs: lines by level, and the newest of those that tell of an error; a line with a trace's id leads to the trace. None for a service whose
 * environment keeps no logs.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * logsRow()(view)?.panels.map(({ title }) => title); // ["Lines by level", "Newest errors"]
 */
export function logsRow(): ServiceRow {
  return (view) => {
    if (view.environment.telemetry.backends.logs.length === 0) return undefined;
    const stream = logStream(view);
    const all = logsLink("All lines", stream, { description: `Everything that ${view.service.name} logs.` });
    return row(
      "Logs",
      [
        timeseries(
          "Lines by level",
          [
            logQuery("lines", `sum by (detected_level) (count_over_time(${stream} [$__auto]))`, {
              legend: "{{detected_level}}",
            }),
          ],
          {
            unit: "short",
            min: 0,
            height: 10,
            stacked: true,
            links: [all],
            description:
              "Lines that are logged, by level. Errors that rise with a new version are its own; no lines at all is a pod that does not run, or a collector that does not read.",
          },
        ),
        logs("Newest errors", `${stream} ${failures}`, {
          width: 16,
          links: [all],
          description: "The newest lines that tell of an error. Open one: its trace id leads to the whole request.",
        }),
      ],
      { id: "logs" },
    );
  };
}

const kinds: Readonly<Record<string, SpanKind>> = {
  [spanMetrics.kinds.server]: "server",
  [spanMetrics.kinds.consumer]: "consumer",
};

/**
 * The traces that tell most: failed ones, and those that took longer than promised, which are all kept; and who calls whom around the service. None for a service
 * that sends no traces.
 *
 * @example
 * import { environmentNamed, serviceNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const view = { platform, environment: environmentNamed(platform, "production"), service: serviceNamed(platform, "checkout") };
 * tracesRow()(view)?.panels.map(({ title }) => title); // ["Failed traces", "Slow traces", "Who calls whom"]
 */
export function tracesRow(): ServiceRow {
  return (view) => {
    const { environment, service } = view;
    if (service.instrumentation.mode === "none" || environment.telemetry.backends.traces.length === 0) return undefined;
    return row("Traces", [...tracePanels(view), neighbours(view)], { id: "traces" });
  };
}

function tracePanels(view: ServiceView): readonly Panel[] {
  const { environment, service } = view;
  const served = servedSpanKind(service);
  const kind = served === undefined ? undefined : kinds[served];
  const { below } = promisedLatency(service);
  const limit = below === undefined ? (parseDuration(environment.telemetry.slowerThan) ?? 0) : below * 1000;
  const conditions = [
    `resource.deployment.environment.name = ${JSON.stringify(environment.name)}`,
    ...(kind === undefined ? [] : [`kind = ${kind}`]),
  ];
  return [
    traces("Failed traces", spansOf(service.name, ...conditions, "status = error"), {
      width: 12,
      description:
        "The newest requests that failed here; every one of them is kept. Open one: the lowest span that is red is the cause.",
    }),
    traces("Slow traces", spansOf(service.name, ...conditions, `duration > ${limit}ms`), {
      width: 12,
      description: `The newest requests that took longer than ${limit} ms here. Open one: the longest span that waits for no other is the cause.`,
    }),
  ];
}

function neighbours({ service }: ServiceView): Panel {
  return serviceMap("Who calls whom", {
    service: service.name,
    description: `${service.name} with those who call it and those whom it calls: rate, latency, and a red ring for what fails. A click on one leads to its numbers.`,
  });
}
