import { objectAt, quotedValue, textAt } from "../../json/json-value.ts";
import type { LintRule } from "../lint-rule.ts";

/** Rules about what a dashboard asks for when it opens, and how it is found. */
export const openingRules: readonly LintRule[] = [
  {
    name: "dashboard-time",
    origin: "plinth",
    code: "invalid-field",
    description: "A dashboard opens with a range of time that ends now or later than it begins.",
    check: ({ json }) => {
      const time = objectAt(json, "time");
      const from = textAt(time, "from");
      const to = textAt(time, "to");
      if (from !== undefined && to !== undefined && isForward(from, to)) return [];
      return [
        {
          path: "time",
          message: `opens with the time from ${quotedValue(from)} to ${quotedValue(to)}`,
          expected: "a range up to now",
          example: '{ "from": "now-3h", "to": "now" }',
        },
      ];
    },
  },
  {
    name: "dashboard-refresh",
    origin: "plinth",
    code: "invalid-field",
    description: "A dashboard asks again after 10 seconds at the earliest: nothing is scraped more often.",
    check: ({ json }) => {
      const refresh = json["refresh"];
      if (refresh === undefined || refresh === false || refresh === "" || refresh === "auto") return [];
      const [, count = "", unit = ""] = typeof refresh === "string" ? (/^(\d+)([smhd])$/.exec(refresh) ?? []) : [];
      const seconds = Number(count) * (unitSeconds.get(unit) ?? Number.NaN);
      return seconds >= LEAST_REFRESH
        ? []
        : [
            {
              path: "refresh",
              message: `asks again every ${quotedValue(refresh)}`,
              expected: "a duration of 10 seconds or more",
              example: '"1m"',
            },
          ];
    },
  },
  {
    name: "dashboard-tags",
    origin: "plinth",
    code: "invalid-field",
    description: "A dashboard has tags, each once: lists of dashboards are made of them.",
    check: ({ json }) => {
      const { tags } = json;
      const texts = Array.isArray(tags)
        ? tags.filter((tag): tag is string => typeof tag === "string" && tag.trim() !== "")
        : [];
      const wrong = !Array.isArray(tags) || texts.length !== tags.length;
      if (texts.length > 0 && !wrong && new Set(texts).size === texts.length) return [];
      return [
        {
          path: "tags",
          message: `has the tags ${quotedValue(tags)}`,
          expected: "at least one text, and none twice",
          example: '["team:backend"]',
        },
      ];
    },
  },
  {
    name: "dashboard-cost",
    origin: "plinth",
    code: "invalid-field",
    severity: "warning",
    description:
      "A dashboard that is opened in a hurry asks no more than 100 questions at once; rows that are closed ask none.",
    check: ({ panels }) => {
      // What lies in a closed row asks when the row is opened.
      const asked = panels
        .filter(({ path }) => !/panels\[\d+\]\.panels\[/.test(path))
        .reduce((count, { targets }) => count + targets.length, 0);
      return asked <= MOST_QUERIES
        ? []
        : [
            {
              path: "panels",
              message: `asks ${asked} questions when it is opened`,
              expected: `at most ${MOST_QUERIES}: close rows, or make two dashboards of it`,
            },
          ];
    },
  },
];

const LEAST_REFRESH = 10;
const MOST_QUERIES = 100;

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
  ["w", 604_800],
  ["M", 2_592_000],
  ["Q", 7_776_000],
  ["y", 31_536_000],
]);

const relative = /^now(?:([+-])(\d+)([smhdwMQy]))?(\/f?[smhdwMQy])?$/;

/** Whether a range ends after it begins. Two rounded moments may be the same: `now/d` to `now/d` is today. */
function isForward(from: string, to: string): boolean {
  const begin = momentOf(from);
  const end = momentOf(to);
  if (begin === undefined || end === undefined) return false;
  return begin < end || (begin === end && from.includes("/") && to.includes("/"));
}

/**
 * A moment in seconds, from now on where it is relative.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/use-dashboards/#set-dashboard-time-range
 */
function momentOf(text: string): number | undefined {
  if (text.startsWith("now")) {
    const match = relative.exec(text);
    if (match === null) return undefined;
    const [, sign, count = "0", unit = "s"] = match;
    // Rounding down makes it earlier by less than its unit.
    const rounded = text.includes("/") ? 0.5 : 0;
    return Number(count) * (unitSeconds.get(unit) ?? 0) * (sign === "-" ? -1 : 1) - rounded;
  }
  const moment = /^\d{13}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment / 1000;
}
