import type { Finding } from "@plinth/core";
import { promqlSyntaxFindings } from "@plinth/metrics";
import { windowVariable } from "./indicator-rules.ts";
import type {
  PrometheusServiceLevelSpec,
  SlothAlert,
  SlothAlerting,
  SlothIndicator,
  SlothObjective,
} from "./prometheus-service-level.ts";

// conventions.NameRegexpStr of Sloth: two characters at least.
const name = /^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$/;
// maxLength of `name` in the resource definition; a specification that is no resource has no such limit.
const MAX_NAME_LENGTH = 128;

/**
 * What Sloth would refuse in a specification, all at once, and what only Sloth's interpreter could run.
 *
 * @see https://github.com/slok/sloth/blob/v0.16.0/pkg/common/validation/slo.go
 * @example
 * serviceLevelFindings({ service: "checkout", slos: [] }).map(({ message }) => message); // ["has no SLO"]
 */
export function serviceLevelFindings(spec: PrometheusServiceLevelSpec): readonly Finding[] {
  const names = spec.slos.map((slo) => slo.name);
  return [
    ...nameFindings("spec.service", spec.service, Number.POSITIVE_INFINITY),
    ...(spec.slos.length === 0 ? [invalid("spec.slos", "has no SLO", "at least one")] : []),
    ...names.flatMap((each, index) =>
      names.indexOf(each) === index
        ? []
        : [
            {
              ...invalid(
                `spec.slos[${index}].name`,
                `there is another SLO named ${JSON.stringify(each)}`,
                "a name of its own for each SLO",
              ),
              code: "duplicate-name" as const,
            },
          ],
    ),
    ...labelFindings("spec.labels", spec.labels),
    ...pluginFindings("spec.sloPlugins", spec.sloPlugins),
    ...spec.slos.flatMap((slo, index) => objectiveFindings(`spec.slos[${index}]`, slo)),
  ];
}

function invalid(path: string, message: string, expected: string, example?: string): Finding {
  return {
    code: "invalid-field",
    severity: "error",
    path,
    message,
    expected,
    ...(example === undefined ? {} : { example }),
  };
}

function nameFindings(path: string, value: string, maxLength: number): readonly Finding[] {
  if (name.test(value) && value.length <= maxLength) return [];
  const most = maxLength === Number.POSITIVE_INFINITY ? "" : `, at most ${maxLength}`;
  return [
    invalid(
      path,
      `is ${JSON.stringify(value)}`,
      `two or more letters, digits, '-', '_' and '.', beginning and ending with a letter or digit${most}`,
      '"checkout"',
    ),
  ];
}

function objectiveFindings(path: string, slo: SlothObjective): readonly Finding[] {
  const { objective } = slo;
  return [
    ...nameFindings(`${path}.name`, slo.name, MAX_NAME_LENGTH),
    ...(objective > 0 && objective <= 100
      ? []
      : [invalid(`${path}.objective`, `is ${objective}`, "a percentage above 0 and at most 100", "99.9")]),
    ...labelFindings(`${path}.labels`, slo.labels),
    ...pluginFindings(`${path}.plugins`, slo.plugins),
    ...indicatorFindings(`${path}.sli`, slo.sli),
    ...alertingFindings(`${path}.alerting`, slo.alerting),
  ];
}

function labelFindings(path: string, labels: Readonly<Record<string, string>> = {}): readonly Finding[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(key === "" || key === "__name__"
      ? [invalid(path, `${JSON.stringify(key)} is not allowed as a label`, "a label's name other than __name__")]
      : []),
    ...(value === "" ? [invalid(`${path}.${key}`, "is empty", "a text")] : []),
  ]);
}

function pluginFindings(path: string, plugins: PrometheusServiceLevelSpec["sloPlugins"]): readonly Finding[] {
  return plugins === undefined ? [] : [invalid(path, "runs in Sloth only", "no plugins where the rules are rendered")];
}

function indicatorFindings(path: string, { events, raw, plugin }: SlothIndicator): readonly Finding[] {
  if (plugin !== undefined)
    return [
      invalid(
        `${path}.plugin`,
        `${JSON.stringify(plugin.id)} runs in Sloth only`,
        "events or raw where the rules are rendered",
      ),
    ];
  if (raw !== undefined) return queryFindings(`${path}.raw.errorRatioQuery`, raw.errorRatioQuery);
  return [
    ...queryFindings(`${path}.events.errorQuery`, events.errorQuery),
    ...queryFindings(`${path}.events.totalQuery`, events.totalQuery),
    ...(events.errorQuery === events.totalQuery
      ? [invalid(`${path}.events`, "counts the same as bad events and as all events", "two queries")]
      : []),
  ];
}

function queryFindings(path: string, query: string): readonly Finding[] {
  if (query.search(windowVariable) === -1)
    return [
      invalid(
        path,
        "looks over no window",
        "the range {{.window}}, which each rule fills in",
        "sum(rate(requests_total[{{.window}}]))",
      ),
    ];
  return promqlSyntaxFindings(query, { variables: "sloth" }).map((finding) => ({ ...finding, path }));
}

function alertingFindings(path: string, alerting: SlothAlerting): readonly Finding[] {
  const alerts = (["pageAlert", "ticketAlert"] as const).flatMap((kind) => {
    const alert = alerting[kind] ?? {};
    return alert.disable === true ? [] : [{ path: `${path}.${kind}`, alert }];
  });
  if (alerts.length === 0) return [];
  return [
    ...(alerting.name === undefined || alerting.name === ""
      ? [invalid(`${path}.name`, "is missing", "the name of the alerts", '"CheckoutAvailability"')]
      : []),
    ...metaFindings(path, alerting),
    ...alerts.flatMap((each) => metaFindings(each.path, each.alert)),
  ];
}

function metaFindings(path: string, { labels, annotations = {} }: SlothAlert): readonly Finding[] {
  return [
    ...labelFindings(`${path}.labels`, labels),
    ...Object.entries(annotations).flatMap(([key, value]) =>
      value === "" ? [invalid(`${path}.annotations.${key}`, "is empty", "a text")] : [],
    ),
  ];
}
