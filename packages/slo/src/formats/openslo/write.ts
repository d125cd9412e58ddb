import { createHash } from "node:crypto";
import { type Finding, isDnsLabel } from "@plinth/core";
import { type AlertWindow, type AlertWindows, alertWindows } from "../../sloth/alert-windows.ts";
import { burnRateFactor } from "../../sloth/burn-rate.ts";
import type {
  PrometheusServiceLevelSpec,
  SlothAlerting,
  SlothIndicator,
  SlothObjective,
} from "../../sloth/prometheus-service-level.ts";
import { alertAnnotationPrefixes, openSloAnnotations, openSloKey } from "./annotations.ts";
import type { OpenSloAlertPolicy, OpenSloMetadata, OpenSloObject, OpenSloRatio, OpenSloSlo } from "./objects.ts";

/** What OpenSLO asks for and a specification of Sloth does not say. */
export interface OpenSloOptions {
  /** The period and the windows of the alerts. @default Sloth's windows for 30 days */
  readonly windows?: AlertWindows;
  /** Where the queries are asked. @default no DataSource: queries name only their type, Prometheus */
  readonly dataSource?: { readonly name: string; readonly url: string };
  /** Whom the alerts tell. @default a target named `alertmanager` */
  readonly notificationTarget?: { readonly name: string; readonly target: string; readonly description?: string };
}

/** Objects of OpenSLO, and what could not be said in its words. */
export interface WrittenOpenSlo {
  readonly objects: readonly OpenSloObject[];
  readonly findings: readonly Finding[];
}

const usualTarget: NonNullable<OpenSloOptions["notificationTarget"]> = { name: "alertmanager", target: "alertmanager" };
const MAX_DISPLAY_NAME_LENGTH = 63;
const MAX_DESCRIPTION_LENGTH = 1050;

/**
 * The objectives of a service as OpenSLO v1: the service, an SLO with its indicator for each objective, and for each of Sloth's burn rates an alert policy with one
 * condition, its long window as the look-back.
 *
 * Queries keep `{{.window}}` where a rule fills in its range: OpenSLO leaves to the reader how a query gets its window. What OpenSLO has no field for stands
 * in annotations below `plinth.dev`, so that `readServiceLevels` gives back the same specification.
 *
 * @see https://github.com/OpenSLO/OpenSLO/blob/main/README.md
 * @example
 * const { objects } = openSlo({
 *   service: "checkout",
 *   slos: [
 *     {
 *       name: "availability",
 *       objective: 99.9,
 *       sli: { events: { errorQuery: "sum(rate(failed_total[{{.window}}]))", totalQuery: "sum(rate(requests_total[{{.window}}]))" } },
 *       alerting: { name: "CheckoutAvailability" },
 *     },
 *   ],
 * });
 * objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`); // ["Service checkout", "AlertNotificationTarget alertmanager", "SLO checkout-availability"]
 */
export function openSlo(spec: PrometheusServiceLevelSpec, options: OpenSloOptions = {}): WrittenOpenSlo {
  const { notificationTarget = usualTarget, dataSource } = options;
  const findings = spec.slos.flatMap((slo, index) => unsayable(spec, slo, `slos[${index}]`));
  if (findings.some(({ severity }) => severity === "error")) return { objects: [], findings };
  const { name, target, description } = notificationTarget;
  const alerts = spec.slos.some(({ alerting }) => policiesAreWritten(alerting));
  const objects: readonly OpenSloObject[] = [
    {
      apiVersion: "openslo/v1",
      kind: "Service",
      metadata: metadataOf(spec.service, openSloAnnotations.service),
      spec: {},
    },
    ...(dataSource === undefined
      ? []
      : [
          {
            apiVersion: "openslo/v1" as const,
            kind: "DataSource" as const,
            metadata: { name: dataSource.name },
            spec: { type: "Prometheus", connectionDetails: { url: dataSource.url } },
          },
        ]),
    ...(alerts
      ? [
          {
            apiVersion: "openslo/v1" as const,
            kind: "AlertNotificationTarget" as const,
            metadata: { name },
            spec: { ...(description === undefined ? {} : { description }), target },
          },
        ]
      : []),
    ...spec.slos.map((slo) => sloObject(spec, slo, options)),
  ];
  return { objects, findings };
}

/** What OpenSLO cannot say of an objective. */
function unsayable(spec: PrometheusServiceLevelSpec, slo: SlothObjective, path: string): readonly Finding[] {
  const refuse = (field: string, message: string, expected: string): Finding => ({
    code: "invalid-field",
    severity: "error",
    path: `${path}.${field}`,
    message,
    expected,
  });
  const leaveOut = (field: string, message: string): Finding => ({
    code: "invalid-field",
    severity: "warning",
    path: `${path}.${field}`,
    message,
  });
  const labels = { ...spec.labels, ...slo.labels };
  return [
    ...(slo.objective >= 100
      ? [refuse("objective", `is ${slo.objective}`, "less than 100: OpenSLO knows no objective without a budget")]
      : []),
    ...(slo.sli.plugin === undefined
      ? []
      : [refuse("sli.plugin", "is Sloth's own", "events or raw: withPluginsExpanded makes them of a known plugin")]),
    ...((slo.description ?? "").length > MAX_DESCRIPTION_LENGTH
      ? [refuse("description", "is longer than OpenSLO allows", `at most ${MAX_DESCRIPTION_LENGTH} characters`)]
      : []),
    ...Object.keys(labels).flatMap((key) =>
      openSloKey.test(key)
        ? []
        : [leaveOut("labels", `${JSON.stringify(key)} is no label in OpenSLO, and is left out`)],
    ),
    ...alertEntries(slo.alerting).flatMap(({ key }) =>
      openSloKey.test(key)
        ? []
        : [leaveOut("alerting", `${JSON.stringify(key)} is no annotation in OpenSLO, and is left out`)],
    ),
    ...(slo.plugins === undefined && spec.sloPlugins === undefined
      ? []
      : [leaveOut("plugins", "steps of Sloth's interpreter are left out")]),
  ];
}

function sloObject(
  spec: PrometheusServiceLevelSpec,
  slo: SlothObjective,
  { windows = alertWindows["30d"], dataSource, notificationTarget = usualTarget }: OpenSloOptions,
): OpenSloSlo {
  const { name } = metadataOf(`${spec.service}-${slo.name}`, openSloAnnotations.name);
  const policies = policiesAreWritten(slo.alerting)
    ? alertPolicies(name, slo.alerting, windows, notificationTarget.name)
    : [];
  const labels = Object.fromEntries(
    Object.entries({ ...spec.labels, ...slo.labels }).filter(([key]) => openSloKey.test(key)),
  );
  const displayName = slo.name.length <= MAX_DISPLAY_NAME_LENGTH ? { displayName: slo.name } : {};
  return {
    apiVersion: "openslo/v1",
    kind: "SLO",
    metadata: {
      name,
      ...displayName,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
      annotations: {
        [openSloAnnotations.name]: slo.name,
        ...(slo.alerting.name === undefined ? {} : { [openSloAnnotations.alert]: slo.alerting.name }),
        ...Object.fromEntries(
          alertEntries(slo.alerting).flatMap(({ prefix, key, value }) =>
            openSloKey.test(key) ? [[`${prefix}${key}`, value]] : [],
          ),
        ),
      },
    },
    spec: {
      ...(slo.description === undefined ? {} : { description: slo.description }),
      service: metadataOf(spec.service, openSloAnnotations.service).name,
      indicator: { metadata: { name }, spec: { ratioMetric: ratioOf(slo.sli, dataSource?.name) } },
      budgetingMethod: "Occurrences",
      timeWindow: [{ duration: windows.period, isRolling: true }],
      objectives: [{ displayName: `${Number(slo.objective.toPrecision(12))} %`, targetPercent: slo.objective }],
      ...(policies.length === 0 ? {} : { alertPolicies: policies }),
    },
  };
}

function ratioOf({ events, raw }: SlothIndicator, dataSource: string | undefined): OpenSloRatio {
  const metric = (
    query: string,
  ): { metricSource: { metricSourceRef?: string; type: "Prometheus"; spec: { query: string } } } => ({
    metricSource: {
      ...(dataSource === undefined ? {} : { metricSourceRef: dataSource }),
      type: "Prometheus",
      spec: { query },
    },
  });
  // A query with a window of its own gives a rate, not a counter.
  if (events !== undefined) return { counter: false, bad: metric(events.errorQuery), total: metric(events.totalQuery) };
  if (raw !== undefined) return { counter: false, rawType: "failure", raw: metric(raw.errorRatioQuery) };
  throw new TypeError("a plugin has no query of its own");
}

function policiesAreWritten({ pageAlert, ticketAlert }: SlothAlerting): boolean {
  return pageAlert?.disable !== true || ticketAlert?.disable !== true;
}

/** An alert policy has one condition, so each burn rate is a policy. */
function alertPolicies(
  slo: string,
  { pageAlert, ticketAlert }: SlothAlerting,
  windows: AlertWindows,
  targetRef: string,
): readonly OpenSloAlertPolicy[] {
  const policy = (severity: "page" | "ticket", speed: "quick" | "slow", window: AlertWindow): OpenSloAlertPolicy => {
    const { name } = metadataOf(`${slo}-${severity}-${speed}`, openSloAnnotations.name);
    const threshold = burnRateFactor(windows, window);
    return {
      kind: "AlertPolicy",
      metadata: { name },
      spec: {
        alertWhenBreaching: true,
        alertWhenResolved: true,
        conditions: [
          {
            kind: "AlertCondition",
            metadata: { name },
            spec: {
              description: `The error budget burns ${Number(threshold.toPrecision(3))} times too fast over ${window.longWindow}, and still does over ${window.shortWindow}.`,
              severity,
              condition: { kind: "burnrate", op: "gt", threshold, lookbackWindow: window.longWindow },
            },
          },
        ],
        notificationTargets: [{ targetRef }],
      },
    };
  };
  return [
    ...(pageAlert?.disable === true
      ? []
      : [policy("page", "quick", windows.page.quick), policy("page", "slow", windows.page.slow)]),
    ...(ticketAlert?.disable === true
      ? []
      : [policy("ticket", "quick", windows.ticket.quick), policy("ticket", "slow", windows.ticket.slow)]),
  ];
}

/** Labels and annotations of the alerts, each with the prefix of the annotation that holds it. */
function alertEntries(
  alerting: SlothAlerting,
): readonly { readonly prefix: string; readonly key: string; readonly value: string }[] {
  const of = (
    values: Readonly<Record<string, string>> | undefined,
    prefix: string,
  ): readonly { readonly prefix: string; readonly key: string; readonly value: string }[] =>
    Object.entries(values ?? {}).map(([key, value]) => ({ prefix, key, value }));
  const { both, page, ticket } = alertAnnotationPrefixes;
  return [
    ...of(alerting.labels, both.labels),
    ...of(alerting.annotations, both.annotations),
    ...of(alerting.pageAlert?.labels, page.labels),
    ...of(alerting.pageAlert?.annotations, page.annotations),
    ...of(alerting.ticketAlert?.labels, ticket.labels),
    ...of(alerting.ticketAlert?.annotations, ticket.annotations),
  ];
}

/** A name of Sloth, which may have capitals, dots and underscores, as a DNS label; the name itself goes into an annotation. */
function metadataOf(name: string, annotation: string): OpenSloMetadata {
  if (isDnsLabel(name)) return { name };
  return { name: dnsLabelOf(name), annotations: { [annotation]: name } };
}

/** Two names may become one label: a label that had to be made carries a part of the name's hash. */
function dnsLabelOf(name: string): string {
  const label = name.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${label.slice(0, 54).replace(/-+$/, "")}-${hash}`;
}
