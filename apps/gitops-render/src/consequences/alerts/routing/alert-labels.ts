import { type AlertmanagerConfig, type LabelSet, parseMatcher } from "@plinth/alerts";
import type { Tree } from "../../../comparison/tree-comparison.ts";
import { arrivingLabels, type RenderedAlert, ruleKinds, rulesOf } from "../rules-of.ts";
import { matchersBelow } from "./read-config.ts";

/** Alerts that any routing treats alike: the same in every label that a matcher asks for. */
export interface AlikeAlerts {
  /** The labels that matchers ask for. */
  readonly labels: LabelSet;
  /** `HighErrorRate of ad`, sorted. */
  readonly names: readonly string[];
  /** Teams whose alerts they are. */
  readonly teams: readonly string[];
}

/**
 * The alerts that are on both sides, as they arrive at Alertmanager. One that does not say its team comes once more for each namespace that a matcher names: its
 * series say which it is about.
 *
 * @param isStaying False for a namespace that comes or goes with its team.
 */
export function alikeAlerts(
  before: Tree,
  after: Tree,
  environment: string,
  configs: readonly AlertmanagerConfig[],
  isStaying: (namespace: string) => boolean,
): readonly AlikeAlerts[] {
  const asked = askedLabels(configs);
  const namespaces = [...(asked.get("namespace")?.values ?? [])].filter(isStaying);
  const was = new Set(alertsIn(before, environment).map(keyOf));
  const found = new Map<string, { labels: LabelSet; names: Set<string>; teams: Set<string> }>();
  for (const alert of alertsIn(after, environment)) {
    if (!was.has(keyOf(alert))) continue;
    const arriving = arrivingLabels(alert);
    const variants =
      arriving.team === undefined && arriving.namespace === undefined
        ? [arriving, ...namespaces.map((namespace) => ({ ...arriving, namespace }))]
        : [arriving];
    for (const variant of variants) {
      const labels = Object.fromEntries(
        Object.entries(variant).filter(([label, value]) => label === "severity" || matters(asked.get(label), value)),
      );
      const key = JSON.stringify(Object.entries(labels).sort());
      const known = found.get(key) ?? { labels, names: new Set(), teams: new Set() };
      known.names.add(alert.labels.service === undefined ? alert.name : `${alert.name} of ${alert.labels.service}`);
      const team = teamOf(variant);
      if (team !== undefined) known.teams.add(team);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ labels, names, teams }) => ({
    labels,
    names: [...names].sort(),
    teams: [...teams].sort(),
  }));
}

/** A value that no matcher asks for is as good as any other such value. */
function matters(asked: Asked | undefined, value: string): boolean {
  return asked !== undefined && (asked.otherwise || asked.values.has(value));
}

/** A label that is a template says whose an alert is only when it fires. */
function teamOf({ team, namespace }: LabelSet): string | undefined {
  const said = team ?? namespace;
  return said?.includes("{{") ? undefined : said?.replace(team === undefined ? /^team-/ : "", "");
}

function keyOf(alert: RenderedAlert): string {
  return JSON.stringify(Object.entries(arrivingLabels(alert)).sort());
}

function alertsIn(tree: Tree, environment: string): readonly RenderedAlert[] {
  return tree.objectsIn(environment, ...ruleKinds).flatMap((object) => {
    const { alerts, objectiveAlerts } = rulesOf(object);
    return [...alerts, ...objectiveAlerts];
  });
}

/** What matchers ask of a label: the values that it must be, and whether one asks in another way. */
interface Asked {
  readonly values: Set<string>;
  otherwise: boolean;
}

function askedLabels(configs: readonly AlertmanagerConfig[]): ReadonlyMap<string, Asked> {
  const found = new Map<string, Asked>();
  for (const { route, inhibit_rules = [] } of configs) {
    const sides = inhibit_rules.flatMap(({ source_matchers, target_matchers }) => [
      ...source_matchers,
      ...target_matchers,
    ]);
    for (const text of [...matchersBelow(route), ...sides]) {
      const matcher = parseMatcher(text);
      if (matcher === undefined) continue;
      const asked = found.get(matcher.label) ?? { values: new Set(), otherwise: false };
      if (matcher.operator === "=") asked.values.add(matcher.value);
      else asked.otherwise = true;
      found.set(matcher.label, asked);
    }
  }
  return found;
}
