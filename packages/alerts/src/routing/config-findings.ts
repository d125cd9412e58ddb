import type { Finding } from "@plinth/core";
import type { AlertmanagerConfig, AlertmanagerRoute, InhibitRule } from "./alertmanager-config.ts";
import { intervalProblems } from "./interval-contains.ts";
import { type Matcher, matches, parseMatcher } from "./matcher.ts";

/**
 * What is wrong with a routing configuration: matchers that do not parse, receivers that are missing, double or never used, a root that does
 * not take every alert, a route that another one takes everything from, times that are empty, missing or never used, a rule that would hold back alerts which
 * have nothing to do with its source.
 *
 * @example
 * alertmanagerFindings({ route: { receiver: "nobody" }, receivers: [] }).length; // 1
 */
export function alertmanagerFindings(config: AlertmanagerConfig): readonly Finding[] {
  const names = config.receivers.map(({ name }) => name);
  const used = new Set<string>();
  const findings: Finding[] = [];
  const report = (code: Finding["code"], path: string, message: string, expected: string): void => {
    findings.push({ code, severity: "error", path, message, expected });
  };
  const checkMatchers = (matchers: readonly string[] | undefined, path: string): void => {
    for (const [index, text] of (matchers ?? []).entries()) {
      if (parseMatcher(text) === undefined)
        report(
          "invalid-expression",
          `${path}[${index}]`,
          `is ${JSON.stringify(text)}`,
          'a label, =, !=, =~ or !~, and a value in double quotes: severity="critical"',
        );
    }
  };
  const intervals = (config.time_intervals ?? []).map(({ name }) => name);
  const usedIntervals = new Set<string>();
  const checkIntervals = (route: AlertmanagerRoute, path: string): void => {
    for (const field of ["mute_time_intervals", "active_time_intervals"] as const) {
      for (const [index, name] of (route[field] ?? []).entries()) {
        usedIntervals.add(name);
        if (path === "route")
          report(
            "invalid-field",
            `${path}.${field}`,
            "stands at the root, where Alertmanager takes none",
            "a child route",
          );
        else if (!intervals.includes(name))
          report(
            "unknown-reference",
            `${path}.${field}[${index}]`,
            `there is no time interval ${JSON.stringify(name)}`,
            intervals.length === 0 ? "an entry of time_intervals" : `one of ${intervals.join(", ")}`,
          );
      }
    }
  };
  const walk = (route: AlertmanagerRoute, path: string): void => {
    checkMatchers(route.matchers, `${path}.matchers`);
    checkIntervals(route, path);
    for (const { shadowed, by } of shadowedRoutes(route.routes ?? []))
      report(
        "without-effect",
        `${path}.routes[${shadowed}]`,
        `no alert gets here: routes[${by}] takes every one of them`,
        "the narrower route first, or continue: true in the wider one",
      );
    if (route.receiver !== undefined) {
      used.add(route.receiver);
      if (!names.includes(route.receiver))
        report(
          "unknown-reference",
          `${path}.receiver`,
          `there is no receiver ${JSON.stringify(route.receiver)}`,
          `one of ${names.join(", ")}`,
        );
    }
    for (const [index, child] of (route.routes ?? []).entries()) walk(child, `${path}.routes[${index}]`);
  };
  if (config.route.receiver === undefined)
    report("invalid-field", "route.receiver", "is missing", "the receiver of every alert that no route takes");
  if ((config.route.matchers ?? []).length > 0)
    report("invalid-field", "route.matchers", "stands at the root, which takes every alert", "no matchers");
  walk(config.route, "route");
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) !== index)
      report(
        "duplicate-name",
        `receivers[${index}].name`,
        `a second receiver is named ${JSON.stringify(name)}`,
        "a name of its own for each receiver",
      );
    if (!used.has(name))
      report(
        "unknown-reference",
        `receivers[${index}].name`,
        `no route leads to ${JSON.stringify(name)}`,
        "a route for each receiver",
      );
  }
  for (const [index, rule] of (config.inhibit_rules ?? []).entries()) {
    checkMatchers(rule.source_matchers, `inhibit_rules[${index}].source_matchers`);
    checkMatchers(rule.target_matchers, `inhibit_rules[${index}].target_matchers`);
    if ((rule.equal ?? []).length === 0 && !namesItsSource(rule))
      report(
        "invalid-field",
        `inhibit_rules[${index}].equal`,
        "is empty: any source would hold back every target",
        "the labels that say that both are about one thing",
      );
  }
  for (const [index, { name, time_intervals }] of (config.time_intervals ?? []).entries()) {
    const path = `time_intervals[${index}]`;
    if (intervals.indexOf(name) !== index)
      report(
        "duplicate-name",
        `${path}.name`,
        `a second time interval is named ${JSON.stringify(name)}`,
        "a name of its own",
      );
    if (!usedIntervals.has(name))
      report(
        "without-effect",
        `${path}.name`,
        `no route names ${JSON.stringify(name)}`,
        "a route that does, or no interval",
      );
    if (time_intervals.length === 0)
      report("invalid-field", `${path}.time_intervals`, "is empty: it is never this time", "at least one interval");
    for (const [which, interval] of time_intervals.entries()) {
      for (const { field, value, expected } of intervalProblems(interval))
        report(
          "invalid-field",
          `${path}.time_intervals[${which}].${field}`,
          field === "location" ? `there is no time zone ${JSON.stringify(value)}` : `is ${JSON.stringify(value)}`,
          expected,
        );
    }
  }
  return findings;
}

/** Routes that no alert gets to, because an earlier sibling that does not go on takes everything that they would. */
function shadowedRoutes(routes: readonly AlertmanagerRoute[]): readonly { shadowed: number; by: number }[] {
  const parsed = routes.map(({ matchers = [] }) => matchers.map(parseMatcher));
  return parsed.flatMap((narrow, shadowed) => {
    const by = parsed.findIndex(
      (wide, index) =>
        index < shadowed &&
        routes[index]?.continue !== true &&
        wide.every((matcher) => matcher !== undefined && narrow.some((other) => implies(other, matcher))),
    );
    return by === -1 ? [] : [{ shadowed, by }];
  });
}

/** True when whatever fulfils the one matcher fulfils the other; a matcher that does not parse implies nothing. */
function implies(narrow: Matcher | undefined, wide: Matcher): boolean {
  if (narrow === undefined || narrow.label !== wide.label) return false;
  if (narrow.operator === wide.operator && narrow.value === wide.value) return true;
  return narrow.operator === "=" && matches(wide, { [narrow.label]: narrow.value });
}

/** A rule about certain alerts, or about one service, says by itself what its source has to do with its targets. */
function namesItsSource({ source_matchers }: InhibitRule): boolean {
  return source_matchers
    .map(parseMatcher)
    .some(
      (matcher) =>
        matcher !== undefined &&
        ["alertname", "service"].includes(matcher.label) &&
        (matcher.operator === "=" || matcher.operator === "=~") &&
        matcher.value !== "",
    );
}
