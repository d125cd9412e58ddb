import { z } from "zod";
import { formatGoNumber } from "../sloth/go-number.ts";
import type {
  PrometheusServiceLevelSpec,
  SlothAlert,
  SlothAlerting,
  SlothIndicator,
  SlothObjective,
} from "../sloth/prometheus-service-level.ts";
import { readShape } from "./read-shape.ts";
import type { ReadDocument } from "./service-level-document.ts";

/** A text, or a number or a boolean as sigs.k8s.io/yaml writes it where a text is wanted. */
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) =>
    typeof value === "number" && !Number.isSafeInteger(value) ? formatGoNumber(value) : `${value}`,
  );
const labels = z.record(z.string(), scalar).exactOptional();
const text = scalar.exactOptional();
const alert = z.strictObject({ disable: z.boolean().exactOptional(), labels, annotations: labels }).exactOptional();
const plugins = z
  .strictObject({
    overridePrevious: z.boolean().exactOptional(),
    chain: z
      .array(
        z.strictObject({
          id: scalar,
          config: z.unknown().exactOptional(),
          priority: z.number().exactOptional(),
        }),
      )
      .default([]),
  })
  .exactOptional();
const plugin = z.strictObject({ id: scalar, options: labels }).exactOptional();
const objective = z.number().meta({ expected: "a percentage above 0 and at most 100", example: "99.9" });
const query = scalar.meta({ expected: "PromQL", example: "sum(rate(requests_total[{{.window}}]))" });

// https://github.com/slok/sloth/blob/v0.16.0/pkg/prometheus/api/v1/v1.go
const rawSpecification = z.strictObject({
  version: z.literal("prometheus/v1"),
  service: scalar,
  labels,
  slo_plugins: plugins,
  slos: z
    .array(
      z.strictObject({
        name: scalar,
        description: text,
        objective,
        plugins,
        labels,
        sli: z.strictObject({
          raw: z.strictObject({ error_ratio_query: query }).exactOptional(),
          events: z.strictObject({ error_query: query, total_query: query }).exactOptional(),
          plugin,
        }),
        alerting: z
          .strictObject({ name: text, labels, annotations: labels, page_alert: alert, ticket_alert: alert })
          .default({}),
      }),
    )
    .default([]),
});

// https://github.com/slok/sloth/blob/v0.16.0/pkg/kubernetes/api/sloth/v1/types.go
const resource = z.object({
  apiVersion: z.literal("sloth.slok.dev/v1"),
  kind: z.literal("PrometheusServiceLevel"),
  metadata: z.object({ name: z.string(), namespace: text }),
  spec: z.strictObject({
    service: scalar,
    labels,
    sloPlugins: plugins,
    slos: z
      .array(
        z.strictObject({
          name: scalar,
          description: text,
          objective,
          plugins,
          labels,
          sli: z.strictObject({
            raw: z.strictObject({ errorRatioQuery: query }).exactOptional(),
            events: z.strictObject({ errorQuery: query, totalQuery: query }).exactOptional(),
            plugin,
          }),
          alerting: z
            .strictObject({ name: text, labels, annotations: labels, pageAlert: alert, ticketAlert: alert })
            .default({}),
        }),
      )
      .default([]),
  }),
});

type RawObjective = z.infer<typeof rawSpecification>["slos"][number];
type ResourceObjective = z.infer<typeof resource>["spec"]["slos"][number];

/** Sloth's own file: `version: prometheus/v1`. */
export function readSlothSpecification(input: unknown, prefix: string): ReadDocument {
  const { value, findings } = readShape(rawSpecification, input, { prefix });
  if (value === undefined) return { findings };
  const { service, labels: shared, slo_plugins: sloPlugins, slos } = value;
  const indicators = slos.map((slo) => rawIndicator(slo));
  const problems = slos.flatMap((slo, index) =>
    indicators[index] === undefined ? [indicatorFinding(`${dotted(prefix)}slos[${index}].sli`, slo.sli)] : [],
  );
  if (problems.length > 0) return { findings: [...findings, ...problems] };
  return {
    findings,
    document: {
      format: "sloth",
      spec: specification(
        { service, labels: shared, sloPlugins },
        slos.flatMap(({ sli: _, alerting, ...slo }, index) => {
          const sli = indicators[index];
          const { page_alert: pageAlert, ticket_alert: ticketAlert, ...rest } = alerting;
          return sli === undefined ? [] : [{ ...slo, sli, alerting: alertingOf(rest, pageAlert, ticketAlert) }];
        }),
      ),
    },
  };
}

/** Sloth's resource: `kind: PrometheusServiceLevel`. */
export function readSlothResource(input: unknown, prefix: string): ReadDocument {
  const { value, findings } = readShape(resource, input, { prefix });
  if (value === undefined) return { findings };
  const { spec, metadata } = value;
  const indicators = spec.slos.map((slo) => resourceIndicator(slo));
  const problems = spec.slos.flatMap((slo, index) =>
    indicators[index] === undefined ? [indicatorFinding(`${dotted(prefix)}spec.slos[${index}].sli`, slo.sli)] : [],
  );
  if (problems.length > 0) return { findings: [...findings, ...problems] };
  return {
    findings,
    document: {
      format: "sloth-resource",
      metadata,
      spec: specification(
        spec,
        spec.slos.flatMap((slo, index) => {
          const sli = indicators[index];
          return sli === undefined ? [] : [{ ...slo, sli }];
        }),
      ),
    },
  };
}

function specification(
  head: {
    readonly service: string;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly sloPlugins?: PrometheusServiceLevelSpec["sloPlugins"] | undefined;
  },
  slos: readonly SlothObjective[],
): PrometheusServiceLevelSpec {
  const { service, labels: shared, sloPlugins } = head;
  return {
    service,
    ...(shared === undefined ? {} : { labels: shared }),
    ...(sloPlugins === undefined ? {} : { sloPlugins }),
    slos,
  };
}

function alertingOf(
  rest: Omit<SlothAlerting, "pageAlert" | "ticketAlert">,
  pageAlert: SlothAlert | undefined,
  ticketAlert: SlothAlert | undefined,
): SlothAlerting {
  return {
    ...rest,
    ...(pageAlert === undefined ? {} : { pageAlert }),
    ...(ticketAlert === undefined ? {} : { ticketAlert }),
  };
}

/** The one indicator that is there; `undefined` where there is none, or more than one. A plugin's query is the raw one: it takes its place. */
function rawIndicator({ sli: { events, raw, plugin: measured } }: RawObjective): SlothIndicator | undefined {
  if (events !== undefined && (raw !== undefined || measured !== undefined)) return undefined;
  if (measured !== undefined) return { plugin: measured };
  if (raw !== undefined) return { raw: { errorRatioQuery: raw.error_ratio_query } };
  if (events === undefined) return undefined;
  return { events: { errorQuery: events.error_query, totalQuery: events.total_query } };
}

function resourceIndicator({ sli: { events, raw, plugin: measured } }: ResourceObjective): SlothIndicator | undefined {
  if (events !== undefined && (raw !== undefined || measured !== undefined)) return undefined;
  if (measured !== undefined) return { plugin: measured };
  if (raw !== undefined) return { raw };
  return events === undefined ? undefined : { events };
}

function indicatorFinding(path: string, sli: object): ReadDocument["findings"][number] {
  const given = Object.keys(sli);
  return {
    code: given.length === 0 ? "invalid-field" : "conflicting-fields",
    severity: "error",
    path,
    message: given.length === 0 ? "says nothing" : `says ${given.join(" and ")}`,
    expected: "one of events, raw and plugin",
  };
}

function dotted(prefix: string): string {
  return prefix === "" ? "" : `${prefix}.`;
}
