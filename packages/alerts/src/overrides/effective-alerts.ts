import { type AlertOverride, type Environment, once, type Platform, type Team } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import { withDuration } from "./duration.ts";
import { inNamespace, looksAtNamespaces, withoutNamespaces } from "./namespaces.ts";
import { readThreshold } from "./threshold.ts";

/**
 * An alert as an environment has it: with what is said otherwise for it there. Without an override that is the alert itself, the same object; several where teams
 * have it otherwise, one for each of them and one for the rest; none where it is off.
 *
 * @param platformTeam The name of the team that owns the platform's alerts.
 */
export function effectiveAlerts(
  platform: Platform,
  environment: Environment,
  alert: Alert,
  platformTeam: string,
): readonly Alert[] {
  const overrides = overridesOf(platform, environment).get(alert.name);
  if (overrides === undefined) return [alert];
  const general = overrides.filter(({ teams }) => teams === undefined);
  if (alert.owner !== "namespace") {
    const team = alert.owner === "platform" ? platformTeam : alert.owner.team;
    const own = overrides.filter(({ teams }) => teams?.includes(team));
    return overridden(alert, [...general, ...own]);
  }
  const teams = platform.teams.filter(({ name }) => overrides.some((entry) => entry.teams?.includes(name)));
  if (teams.length === 0 || !looksAtNamespaces(alert)) return overridden(alert, general);
  return [
    ...overridden(alert, general).map((rest) =>
      withoutNamespaces(
        rest,
        teams.map(({ namespace }) => namespace),
        "somebody",
      ),
    ),
    ...teams.flatMap((team) => ofTeam(alert, team, overrides)),
  ];
}

function ofTeam(alert: Alert, { name, namespace }: Team, overrides: readonly AlertOverride[]): readonly Alert[] {
  const own = overrides.filter(({ teams }) => teams?.includes(name) ?? true);
  return overridden(alert, own).map((changed) => ({ ...inNamespace(changed, namespace), owner: { team: name } }));
}

/** The overrides of an environment by alert, the narrower ones last: what they say counts. */
const overridesOf = once(
  (platform: Platform, environment: Environment): ReadonlyMap<string, readonly AlertOverride[]> =>
    Map.groupBy(
      platform.alertOverrides
        .filter(({ environments }) => environments?.some((name) => name === environment.name) ?? true)
        .toSorted((a, b) => narrowness(a) - narrowness(b)),
      ({ alert }) => alert,
    ),
);

function narrowness({ environments, teams }: AlertOverride): number {
  return (environments === undefined ? 0 : 1) + (teams === undefined ? 0 : 1);
}

function overridden(alert: Alert, overrides: readonly AlertOverride[]): readonly Alert[] {
  if (overrides.length === 0) return [alert];
  if (overrides.at(-1)?.off === true) return [];
  const last = <Field extends "threshold" | "for" | "severity">(field: Field): AlertOverride[Field] =>
    overrides.findLast((entry) => entry[field] !== undefined)?.[field];
  // The threshold first: it makes the alert anew.
  const steps: readonly ((changed: Alert) => Alert)[] = [
    (changed) => atThreshold(changed, last("threshold")),
    (changed) => withDuration(changed, last("for") ?? changed.for),
    (changed) => ({ ...changed, severity: last("severity") ?? changed.severity }),
    (changed) => without(changed, [...new Set(overrides.flatMap(({ excludedNamespaces }) => excludedNamespaces))]),
    (changed) => ({ ...changed, overriddenBy: overrides }),
  ];
  return [steps.reduce((changed, step) => step(changed), alert)];
}

function atThreshold(alert: Alert, written: number | string | undefined): Alert {
  if (written === undefined || alert.threshold === undefined || alert.withThreshold === undefined) return alert;
  const read = readThreshold(written, alert.threshold);
  return "value" in read ? alert.withThreshold(read.value) : alert;
}

function without(alert: Alert, namespaces: readonly string[]): Alert {
  return namespaces.length === 0 || !looksAtNamespaces(alert) ? alert : withoutNamespaces(alert, namespaces, "nobody");
}
