import type { PrometheusServiceLevelSpec, SlothAlert, SlothIndicator, SlothObjective } from "@plinth/slo";
import {
  type Arbitrary,
  boolean,
  constantFrom,
  dictionary,
  double,
  integer,
  oneof,
  option,
  record,
  string,
  stringMatching,
  tuple,
  uniqueArray,
} from "fast-check";

const name = stringMatching(/^[A-Za-z0-9][-A-Za-z0-9_.]{0,10}[A-Za-z0-9]$/);

// Texts that a YAML parser or a template may take for something else.
const text = oneof(
  string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  constantFrom("true", "1e3", "0o14", "null", "~", "y", "0x1f", "2024-01-01", "1_000", "12:30:45", "=", "<<", ".inf"),
  constantFrom("{{ $value }}", "$labels", "a: b", "# x", "- a", "'", '"', "\\"),
);

const labelKey = oneof(
  stringMatching(/^[a-z_][a-z0-9_]{0,8}$/),
  // Those that Sloth sets itself, and those that no Prometheus 2 had.
  constantFrom("sloth_id", "sloth_window", "sloth_service", "sloth_version", "sloth_objective", "team", "a.b/c", "ä"),
).filter((key) => key !== "__name__" && key !== "__proto__");

const labels = dictionary(labelKey, text, { maxKeys: 4 });

const objective = oneof(
  constantFrom(99.9, 99.99, 99.999, 99.9999, 99.99999, 99.5, 99, 95, 90, 50, 1, 0.1, 0.001, 1e-5, 1e-7, 100, 99.95),
  constantFrom(33.333, 66.67),
  double({ min: 0, max: 100, minExcluded: true, noNaN: true }),
  integer({ min: 1, max: 99_999 }).map((thousandths) => thousandths / 1000),
  integer({ min: 1, max: 999_999 }).map((missing) => 100 - missing / 1e7),
);

const selector = tuple(
  constantFrom("a_total", "b:c", "up"),
  stringMatching(/^[a-z]{1,5}$/),
  string({ maxLength: 8, unit: "grapheme" }),
).map(([series, label, value]) => `${series}{${label}=${JSON.stringify(value.replaceAll("\ufffd", ""))}}`);

const window = constantFrom("{{.window}}", "{{ .window }}", "{{  .window}}");

// On one line, on several, with a comment and blanks at the ends.
const query = oneof(
  tuple(selector, window).map(([series, range]) => `sum(rate(${series}[${range}]))`),
  tuple(selector, window, selector, window).map(
    ([all, allRange, good, goodRange]) => `sum(rate(${all}[${allRange}]))\n  - \n sum(rate(${good}[${goodRange}]))\n`,
  ),
  tuple(selector, window).map(
    ([series, range]) => `  (sum by (x) (increase(${series}[${range}] offset 5m))) > 0 # comment\n`,
  ),
);

const indicator: Arbitrary<SlothIndicator> = oneof(
  tuple(query, query)
    .filter(([bad, all]) => bad !== all)
    .map(([errorQuery, totalQuery]) => ({ events: { errorQuery, totalQuery } })),
  query.map((errorRatioQuery) => ({ raw: { errorRatioQuery } })),
);

const alert: Arbitrary<SlothAlert> = record({ disable: boolean(), labels, annotations: labels }, { requiredKeys: [] });

const slo: Arbitrary<SlothObjective> = record(
  {
    name,
    description: text,
    objective,
    labels,
    sli: indicator,
    alerting: record(
      { name: oneof(name, text), labels, annotations: labels, pageAlert: alert, ticketAlert: alert },
      { requiredKeys: ["name"] },
    ),
  },
  { requiredKeys: ["name", "objective", "sli", "alerting"] },
);

/** Any service level that Sloth accepts, without plugins. */
export const specifications: Arbitrary<PrometheusServiceLevelSpec> = tuple(
  name,
  option(labels, { nil: undefined }),
  uniqueArray(slo, { minLength: 1, maxLength: 4, selector: (each) => each.name }),
).map(([service, shared, slos]) => ({ service, ...(shared === undefined ? {} : { labels: shared }), slos }));
