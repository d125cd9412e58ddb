import type { Finding } from "@plinth/core";
import type { AlertmanagerConfig, AlertmanagerRoute } from "./alertmanager-config.ts";
import { parseMatcher } from "./matcher.ts";

/**
 * What is wrong with a routing configuration: matchers that do not parse, receivers that are missing, double or never used, a root that does
 * not take every alert, a rule that would hold back alerts which have nothing to do with its source.
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
  const walk = (route: AlertmanagerRoute, path: string): void => {
    checkMatchers(route.matchers, `${path}.matchers`);
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
    if ((rule.equal ?? []).length === 0)
      report(
        "invalid-field",
        `inhibit_rules[${index}].equal`,
        "is empty: any source would hold back every target",
        "the labels that say that both are about one thing",
      );
  }
  return findings;
}
