import type { ResultUnit } from "@plinth/metrics";
import { type JsonObject, numberAt, objectAt, textAt } from "../../json/json-value.ts";
import { mayBeNegative, shareUnits } from "../../model/least-value.ts";
import { dataPanels, ofPanel, type PanelDocument, promqlTargets } from "../dashboard-document.ts";
import type { LintRule } from "../lint-rule.ts";

/** Rules about whether numbers are drawn as what they are. */
export const valueRules: readonly LintRule[] = [
  {
    name: "panel-unit-fits",
    origin: "plinth",
    code: "conflicting-fields",
    description: "A panel's unit is one of what its metrics measure.",
    check: (dashboard, context) =>
      promqlTargets(dashboard).flatMap(({ panel, expr }) => {
        const unit = textAt(defaultsOf(panel), "unit");
        const measured = unitOfElse.has(panel.type) || ofManyUnits.test(expr) ? undefined : context.unitOf(expr);
        if (unit === undefined || measured === undefined) return [];
        const kind = kinds.get(unit);
        const fitting = fits[measured];
        return kind === undefined || fitting.includes(kind)
          ? []
          : [
              {
                ...ofPanel(panel),
                path: `${panel.path}.fieldConfig.defaults.unit`,
                message: `draws ${inWords[measured]} in the unit ${JSON.stringify(unit)}`,
                expected: `a unit of ${fitting.join(" or ")}`,
                example: JSON.stringify(unitExamples[measured]),
              },
            ];
      }),
  },
  {
    name: "panel-least-value",
    origin: "plinth",
    code: "invalid-field",
    description: "A time series of shares begins at 0: otherwise 0.1 % looks like a mountain.",
    check: (dashboard) => {
      const targets = promqlTargets(dashboard);
      return dataPanels(dashboard).flatMap((panel) => {
        const defaults = defaultsOf(panel);
        if (panel.type !== "timeseries" || !shareUnits.has(textAt(defaults, "unit") ?? "")) return [];
        const queries = targets.filter((query) => query.panel.path === panel.path);
        if (queries.length === 0 || queries.some(({ expr }) => mayBeNegative(expr))) return [];
        const min = numberAt(defaults, "min");
        return min !== undefined
          ? []
          : [
              {
                ...ofPanel(panel),
                path: `${panel.path}.fieldConfig.defaults.min`,
                message: "draws shares on an axis that begins anywhere",
                expected: "0",
              },
            ];
      });
    },
  },
];

function defaultsOf({ json }: PanelDocument): JsonObject {
  return objectAt(objectAt(json, "fieldConfig"), "defaults");
}

// The unit of a table is that of any column, and that of a heatmap is what its buckets are buckets of.
const unitOfElse: ReadonlySet<string> = new Set(["table", "heatmap"]);

// Series whose unit a label says: resources of Kubernetes.
const ofManyUnits = /\bkube_\w*(?:resource|quota|allocatable|capacity)/;

/** What a unit is for. */
type UnitKind = "time" | "bytes" | "bytes per second" | "a share" | "a count" | "a count per second" | "a state";

const kinds: ReadonlyMap<string, UnitKind> = new Map<string, UnitKind>([
  ...["ns", "µs", "ms", "s", "m", "h", "d", "dtdurationms", "dtdurations", "dthms", "dtdhms", "clockms", "clocks"].map(
    (unit) => [unit, "time"] as const,
  ),
  ...["dateTimeAsIso", "dateTimeAsLocal", "dateTimeAsSystem", "dateTimeFromNow"].map((unit) => [unit, "time"] as const),
  ...["bytes", "decbytes", "kbytes", "mbytes", "gbytes", "tbytes", "deckbytes", "decmbytes", "decgbytes"].map(
    (unit) => [unit, "bytes"] as const,
  ),
  ...["Bps", "binBps", "KBs", "KiBs", "MBs", "MiBs", "bps", "binbps"].map(
    (unit) => [unit, "bytes per second"] as const,
  ),
  ...["percent", "percentunit"].map((unit) => [unit, "a share"] as const),
  ...["cps", "ops", "reqps", "rps", "wps", "iops", "eps", "mps", "recps", "rowsps", "cpm", "opm", "reqpm", "rpm"].map(
    (unit) => [unit, "a count per second"] as const,
  ),
  ...["bool", "bool_yes_no", "bool_on_off"].map((unit) => [unit, "a state"] as const),
]);

// A plain number fits all that is counted: `short` and `none` have no kind. A rate may be of what has no name of its own.
const fits: Readonly<Record<ResultUnit, readonly UnitKind[]>> = {
  seconds: ["time"],
  milliseconds: ["time"],
  timestamp: ["time"],
  bytes: ["bytes"],
  "bytes-per-second": ["bytes per second"],
  ratio: ["a share"],
  cores: ["a count"],
  count: ["a count"],
  boolean: ["a state", "a count"],
  info: ["a state", "a count"],
  "per-second": ["a count per second"],
};

const inWords: Readonly<Record<ResultUnit, string>> = {
  seconds: "seconds",
  milliseconds: "milliseconds",
  timestamp: "moments",
  bytes: "bytes",
  "bytes-per-second": "bytes per second",
  ratio: "a share",
  cores: "CPU cores",
  count: "a count",
  boolean: "yes and no",
  info: "a count",
  "per-second": "a count per second",
};

const unitExamples: Readonly<Record<ResultUnit, string>> = {
  seconds: "s",
  milliseconds: "ms",
  timestamp: "dateTimeFromNow",
  bytes: "bytes",
  "bytes-per-second": "Bps",
  ratio: "percentunit",
  cores: "short",
  count: "short",
  boolean: "bool",
  info: "short",
  "per-second": "ops",
};
