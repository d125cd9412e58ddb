import { type Finding, parseDuration, type ServicePromise } from "@plinth/core";
import { type MetricCatalogue, promqlFindings, promqlSyntaxFindings } from "@plinth/metrics";
import { expandIndicatorPlugin } from "../indicator-plugins/expand-plugin.ts";
import { filledPlace, type RequestPlace, requestsOf } from "../indicators/requests.ts";
import { haveOtherLabels } from "../indicators/same-labels.ts";
import { selectorOf } from "../indicators/selector-text.ts";
import { changingExtras, type RuleMode } from "../rules/objective-rules.ts";
import { windowVariable } from "../sloth/indicator-rules.ts";
import type { PromisedObjective } from "./objectives-of.ts";

/** What promises are looked at with. */
export interface PromiseCheck {
  readonly place: RequestPlace;
  readonly mode: RuleMode;
  /** Metrics that queries may use. @default the platform's */
  readonly catalogue?: MetricCatalogue;
}

/** What is wrong with a promise: with its queries, and with what nothing counts. Paths begin with the promise: `promises[writes]`. */
export function promiseFindings({ promise, objective }: PromisedObjective, check: PromiseCheck): readonly Finding[] {
  const path = `promises[${promise.name}]`;
  const queries = [...queriesOf(promise, check), ...selectorsOf(promise, check)];
  const wrong = queries.map((finding) => ({ ...finding, path: `${path}.${finding.path ?? ""}` }));
  const source = wrong.some(({ severity }) => severity === "error") ? [] : sourceFindings(path, promise, check);
  const uncounted = objective === undefined && wrong.length === 0 && source.length === 0;
  return [
    ...wrong,
    ...source,
    ...(uncounted ? [uncountable(path, promise, check)] : []),
    ...guardFindings(path, promise),
    ...(check.mode === "sloth" ? modeFindings(path, { promise, objective }) : []),
  ];
}

function invalid(path: string, message: string, expected: string, example: string): Finding {
  return { code: "invalid-field", severity: "error", path, message, expected, example };
}

/** Queries of the author's own, with the field that each stands in and whether it looks over the rule's window. */
function queriesOf(promise: ServicePromise, check: PromiseCheck): readonly Finding[] {
  switch (promise.kind) {
    case "events": {
      const [field, text] = "bad" in promise.counted ? ["bad", promise.counted.bad] : ["good", promise.counted.good];
      const same = text === promise.total;
      const apart = haveOtherLabels(filledPlace(text, check.place), filledPlace(promise.total, check.place));
      return [
        ...queryFindings(field, text, check, true),
        ...queryFindings("total", promise.total, check, true),
        ...(same ? [invalid(field, "counts the same as total", "two queries", eventsExample)] : []),
        ...(apart
          ? [
              invalid(
                field,
                "has other labels than total: their series never meet",
                "both summed by the same labels",
                eventsExample,
              ),
            ]
          : []),
      ];
    }
    case "raw":
      return queryFindings("errorRatio", promise.errorRatio, check, true);
    case "freshness":
      return promise.lastSuccess === undefined ? [] : queryFindings("lastSuccess", promise.lastSuccess, check, false);
    case "plugin":
      // A plugin that nobody knows here is one that only Sloth can run.
      return (expandIndicatorPlugin(promise).findings ?? []).filter(({ code }) => code !== "unknown-reference");
    case "saturation":
      return typeof promise.of === "string" ? [] : queryFindings("of.promql", promise.of.promql, check, false);
    default:
      return [];
  }
}

const eventsExample = 'total: "sum(rate(bookings_total[{{.window}}]))"';

function queryFindings(
  path: string,
  text: string,
  { place, catalogue }: PromiseCheck,
  windowed: boolean,
): readonly Finding[] {
  if (windowed && text.search(windowVariable) === -1)
    return [invalid(path, "looks over no window", "the range {{.window}}, which each rule fills in", eventsExample)];
  const context = catalogue === undefined ? {} : { catalogue };
  return promqlFindings(filledPlace(text, place), { ...context, variables: "sloth" }).map((finding) => ({
    ...finding,
    path,
    // A metric that nobody has described may exist all the same.
    ...(finding.rule === "unknown-metric" ? { severity: "warning" as const } : {}),
  }));
}

/** Selectors of a source of the author's own. */
function selectorsOf(promise: ServicePromise, { place }: PromiseCheck): readonly Finding[] {
  if (!("from" in promise) || typeof promise.from !== "object") return [];
  const { calls, errors, durations } = promise.from;
  return Object.entries({ calls, errors, durations }).flatMap(([field, text]): readonly Finding[] => {
    if (text === undefined || selectorOf(filledPlace(text, place)) !== undefined) return [];
    const path = `from.${field}`;
    const syntax = promqlSyntaxFindings(filledPlace(text, place)).map((finding) => ({ ...finding, path }));
    return syntax.length > 0
      ? syntax
      : [
          invalid(
            path,
            `${JSON.stringify(text)} is no selector`,
            "a series with its matchers in double quotes, without a range and without functions",
            `${field}: 'http_requests_total{job="checkout"}'`,
          ),
        ];
  });
}

// What each kind needs of a source of the author's own.
const needed: Readonly<Partial<Record<ServicePromise["kind"], readonly ("calls" | "errors" | "durations")[]>>> = {
  availability: ["calls", "errors"],
  latency: ["durations"],
  throughput: ["calls"],
  freshness: ["calls", "errors"],
};

function sourceFindings(path: string, promise: ServicePromise, { place }: PromiseCheck): readonly Finding[] {
  if (!("from" in promise) || promise.from === undefined) return [];
  const { from } = promise;
  const missing =
    typeof from === "string" || ("lastSuccess" in promise && promise.lastSuccess !== undefined)
      ? []
      : (needed[promise.kind] ?? []).filter((field) => from[field] === undefined);
  const route = "route" in promise ? promise.route : undefined;
  const requests = requestsOf(from, place);
  return [
    ...missing.map((field) =>
      invalid(
        `${path}.from.${field}`,
        `is missing: ${promise.kind} is counted from it`,
        "a selector",
        `${field}: 'http_requests_total{job="checkout"}'`,
      ),
    ),
    ...(route !== undefined && requests !== undefined && requests.route === undefined
      ? [
          invalid(
            `${path}.route`,
            `${JSON.stringify(from)} counts no routes`,
            "no route, or a source that has them",
            'from: "http-server"',
          ),
        ]
      : []),
  ];
}

function uncountable(path: string, { kind }: ServicePromise, { place }: PromiseCheck): Finding {
  return {
    code: "conflicting-fields",
    severity: "error",
    path,
    message: `${place.service} promises ${kind}, and nothing of it can be counted: it offers no http or grpc port and consumes no topic`,
    expected: "a port, a topic, a source of its own, or no such promise",
    example: 'ports: { http: { port: 8080, protocol: "http" } }',
  };
}

/** Guards that have nothing to guard. */
function guardFindings(path: string, promise: ServicePromise): readonly Finding[] {
  const counts = promise.kind === "availability" || promise.kind === "latency" || promise.kind === "events";
  const without = (field: string, why: string): Finding => ({
    code: "without-effect",
    severity: "error",
    path: `${path}.${field}`,
    message: why,
    expected: `no ${field}`,
  });
  const steps = (promise.budgetPolicy ?? []).map(({ left }) => left);
  return [
    ...(promise.minimumEvents !== undefined && !counts
      ? [without("minimumEvents", `a promise of ${promise.kind} counts time, not events`)]
      : []),
    ...(promise.seriesLimit !== undefined && promise.by === undefined
      ? [without("seriesLimit", "without by there is one series")]
      : []),
    ...(promise.for?.page !== undefined && promise.alerts !== "page-and-ticket"
      ? [without("for.page", "the promise pages nobody")]
      : []),
    ...(promise.for?.ticket !== undefined && promise.alerts === "none"
      ? [without("for.ticket", "the promise opens no ticket")]
      : []),
    ...(new Set(steps).size === steps.length
      ? []
      : [
          {
            ...invalid(
              `${path}.budgetPolicy`,
              "two steps begin at one budget",
              "a percentage for each step",
              "left: 25",
            ),
            code: "duplicate-name" as const,
          },
        ]),
  ];
}

/** What Sloth cannot say, where its rules and nothing else are asked for. */
function modeFindings(path: string, { promise, objective }: PromisedObjective): readonly Finding[] {
  const changed = changingExtras.filter((extra) => objective?.extras?.[extra] !== undefined);
  const period = promise.period !== undefined && parseDuration(promise.period) !== parseDuration("30d");
  return [...changed.map((extra) => extraFields[extra] ?? extra), ...(period ? ["period"] : [])].map(
    (field): Finding => ({
      code: "conflicting-fields",
      severity: "error",
      path: `${path}.${field}`,
      message: `Sloth has no words for ${field}, and its rules and nothing else are rendered`,
      expected: `no ${field}, or Plinth's own rules`,
      example: 'serviceLevels({ mode: "plinth" })',
    }),
  );
}

const extraFields: Readonly<Partial<Record<(typeof changingExtras)[number], string>>> = {
  distinctNames: "alertNames",
  exactPeriod: "periodRatio",
};
