import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { emitYaml, isRecord } from "@plinth/core";
import type { PrometheusServiceLevelSpec, SlothAlerting } from "@plinth/slo";

/** A file with objectives. */
export interface LevelFile {
  /** What a finding calls it. */
  readonly name: string;
  readonly text: string;
}

// Folders of Sloth's module that hold specifications: its examples, and what its own tests read.
const folders = [
  "examples",
  "test/integration/prometheus/testdata",
  "test/integration/prometheus/testdata/validate/good",
  "test/integration/prometheus/testdata/validate/bad",
  "test/integration/prometheus/testdata/validate_with_duplicates",
];

/** Sloth's own files. Windows and the kinds of its controller are no specifications. */
export function slothFiles(directory: string): readonly LevelFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(directory, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map(({ name }) => ({ name: `${folder}/${name}`, text: readFileSync(join(directory, folder, name), "utf8") })),
  );
}

/** A specification as Sloth's own file. */
export function slothSpecification({ service, labels, slos }: PrometheusServiceLevelSpec): object {
  return {
    version: "prometheus/v1",
    service,
    ...(labels === undefined ? {} : { labels }),
    slos: slos.map(({ sli, alerting, ...slo }) => ({
      ...slo,
      sli: {
        ...(sli.events === undefined
          ? {}
          : { events: { error_query: sli.events.errorQuery, total_query: sli.events.totalQuery } }),
        ...(sli.raw === undefined ? {} : { raw: { error_ratio_query: sli.raw.errorRatioQuery } }),
      },
      alerting: slothAlerting(alerting),
    })),
  };
}

function slothAlerting({ pageAlert, ticketAlert, ...rest }: SlothAlerting): object {
  return {
    ...rest,
    ...(pageAlert === undefined ? {} : { page_alert: pageAlert }),
    ...(ticketAlert === undefined ? {} : { ticket_alert: ticketAlert }),
  };
}

/** A specification as Sloth's resource. */
export function slothResource(spec: PrometheusServiceLevelSpec): object {
  return {
    apiVersion: "sloth.slok.dev/v1",
    kind: "PrometheusServiceLevel",
    metadata: { name: "level", namespace: "slo" },
    spec,
  };
}

/** The objectives of a specification that have a target below 1, each as good and total events of OpenSLO v1alpha. */
export function openSloV1Alpha(spec: PrometheusServiceLevelSpec): object | undefined {
  const objectives = spec.slos.flatMap(({ sli, objective }) =>
    sli.events === undefined || objective >= 100
      ? []
      : [
          {
            ratioMetrics: {
              good: { source: "prometheus", queryType: "promql", query: sli.events.errorQuery },
              total: { source: "prometheus", queryType: "promql", query: sli.events.totalQuery },
            },
            target: objective / 100,
          },
        ],
  );
  if (objectives.length === 0) return undefined;
  return {
    apiVersion: "openslo/v1alpha",
    kind: "SLO",
    metadata: { name: "level" },
    spec: {
      service: spec.service,
      budgetingMethod: "Occurrences",
      objectives,
      timeWindows: [{ unit: "Day", count: 28, isRolling: true }],
    },
  };
}

/** A way to spoil a specification: a member of its plain data, set to something else, or taken away. */
interface Breakage {
  readonly name: string;
  readonly path: readonly (string | number)[];
  /** `undefined` takes it away. */
  readonly value: unknown;
}

const query = (text: string): Breakage["value"] => ({
  events: { error_query: text, total_query: "sum(rate(b[{{.window}}]))" },
});

/** What Sloth may be told and refuses, or accepts although it looks wrong: Plinth says the same of each. */
export const breakages: readonly Breakage[] = [
  { name: "no version that is known", path: ["version"], value: "prometheus/v2" },
  { name: "no service", path: ["service"], value: undefined },
  { name: "an empty service", path: ["service"], value: "" },
  { name: "a service of one character", path: ["service"], value: "a" },
  { name: "a service with a blank", path: ["service"], value: "a b" },
  { name: "a service that is a number", path: ["service"], value: 12 },
  { name: "no SLO", path: ["slos"], value: [] },
  { name: "no list of SLOs", path: ["slos"], value: "none" },
  { name: "a name with a slash", path: ["slos", 0, "name"], value: "a/b" },
  { name: "a name that ends with a dot", path: ["slos", 0, "name"], value: "ab." },
  { name: "no name", path: ["slos", 0, "name"], value: undefined },
  { name: "no objective", path: ["slos", 0, "objective"], value: undefined },
  { name: "an objective of 0", path: ["slos", 0, "objective"], value: 0 },
  { name: "an objective of 100", path: ["slos", 0, "objective"], value: 100 },
  { name: "an objective above 100", path: ["slos", 0, "objective"], value: 100.001 },
  { name: "a negative objective", path: ["slos", 0, "objective"], value: -1 },
  { name: "an objective that is a text", path: ["slos", 0, "objective"], value: "99.9" },
  { name: "an empty label", path: ["labels"], value: { team: "" } },
  { name: "a label without a name", path: ["labels"], value: { "": "a" } },
  { name: "the label of the metric's name", path: ["labels"], value: { __name__: "a" } },
  { name: "a label that is a number", path: ["labels"], value: { tier: 2 } },
  { name: "no indicator", path: ["slos", 0, "sli"], value: {} },
  {
    name: "two indicators",
    path: ["slos", 0, "sli", "raw"],
    value: { error_ratio_query: "sum(rate(a[{{.window}}]))" },
  },
  { name: "a query without a window", path: ["slos", 0, "sli"], value: query("sum(rate(a[5m]))") },
  { name: "a window that is written otherwise", path: ["slos", 0, "sli"], value: query("sum(rate(a[{{ $window }}]))") },
  { name: "an empty query", path: ["slos", 0, "sli"], value: query("") },
  { name: "a query that does not parse", path: ["slos", 0, "sli"], value: query("sum(rate(a[{{.window}}])") },
  { name: "a query of a type that does not fit", path: ["slos", 0, "sli"], value: query("rate(a) + a[{{.window}}]") },
  {
    name: "the same query twice",
    path: ["slos", 0, "sli"],
    value: { events: { error_query: "sum(rate(b[{{.window}}]))", total_query: "sum(rate(b[{{.window}}]))" } },
  },
  { name: "a plugin that nobody has", path: ["slos", 0, "sli"], value: { plugin: { id: "nobody/has-it" } } },
  { name: "alerts without a name", path: ["slos", 0, "alerting"], value: { page_alert: {} } },
  { name: "no alerting", path: ["slos", 0, "alerting"], value: undefined },
  {
    name: "alerts without a name that are off",
    path: ["slos", 0, "alerting"],
    value: { page_alert: { disable: true }, ticket_alert: { disable: true } },
  },
  { name: "an empty annotation", path: ["slos", 0, "alerting"], value: { name: "A", annotations: { a: "" } } },
  {
    name: "an empty label of an alert",
    path: ["slos", 0, "alerting"],
    value: { name: "A", page_alert: { labels: { a: "" } } },
  },
  { name: "a member that nobody knows", path: ["slos", 0, "objektive"], value: 99 },
];

const sound = {
  version: "prometheus/v1",
  service: "checkout",
  slos: [
    {
      name: "availability",
      objective: 99.9,
      sli: { events: { error_query: "sum(rate(a[{{.window}}]))", total_query: "sum(rate(b[{{.window}}]))" } },
      alerting: { name: "CheckoutAvailability" },
    },
  ],
};

/** One file for each breakage, and the sound one. */
export const brokenFiles: readonly LevelFile[] = [
  { name: "a sound specification", text: emitYaml(sound) },
  ...breakages.map(({ name, path, value }) => ({ name, text: emitYaml(changed(sound, path, value)) })),
];

function changed(value: unknown, path: readonly (string | number)[], member: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return member;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === head ? changed(each, rest, member) : each));
  const record = isRecord(value) ? value : {};
  const next = changed(record[String(head)], rest, member);
  const { [String(head)]: _, ...others } = record;
  return next === undefined ? others : { ...record, [String(head)]: next };
}
