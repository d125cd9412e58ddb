import { type AlertOverride, type Finding, nearestName, type Platform } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import { looksAtNamespaces } from "./namespaces.ts";
import { readThreshold } from "./threshold.ts";

type Report = (code: Finding["code"], path: string, message: string, expected: string, example?: string) => void;

/**
 * What is wrong with the overrides of a platform: an alert that does not exist, a threshold of another unit or of an alert that has none, namespaces of an alert
 * that is not about any, nothing that would be otherwise, and two overrides that say different things of one place.
 *
 * @param alertsNamed Every alert of a name; several where each service has one.
 * @param platformTeam The name of the team that owns the platform's alerts.
 */
export function overrideFindings(
  platform: Platform,
  alertsNamed: ReadonlyMap<string, readonly Alert[]>,
  platformTeam: string,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const override of platform.alertOverrides) {
    const report = reporter(override, findings);
    const alerts = alertsNamed.get(override.alert);
    if (alerts === undefined) reportUnknown(override, [...alertsNamed.keys()], report);
    else checkOverride(override, alerts, platformTeam, report);
  }
  return [...findings, ...contradictions(platform.alertOverrides)];
}

function reporter(override: AlertOverride, findings: Finding[]): Report {
  return (code, path, message, expected, example) => {
    findings.push({
      code,
      severity: "error",
      ...(override.source === undefined ? {} : { source: override.source }),
      path: `alertOverrides[${override.name}].${path}`,
      message,
      expected,
      ...(example === undefined ? {} : { example }),
    });
  };
}

function reportUnknown({ alert }: AlertOverride, known: readonly string[], report: Report): void {
  const nearest = nearestName(alert, known);
  report(
    "unknown-reference",
    "alert",
    `there is no alert ${JSON.stringify(alert)}`,
    nearest === undefined ? "the name of an alert" : `${nearest}, or the name of another alert`,
    nearest === undefined ? undefined : `override(${JSON.stringify(nearest)}, { … })`,
  );
}

function checkOverride(override: AlertOverride, alerts: readonly Alert[], platformTeam: string, report: Report): void {
  const own = alerts.filter((alert) => concerns(override, alert, platformTeam));
  const [first] = own;
  if (first === undefined) {
    report(
      "without-effect",
      "teams",
      `${override.alert} is not about anything of ${(override.teams ?? []).join(", ")}`,
      "teams whose services or namespaces it is about",
    );
    return;
  }
  checkThreshold(override, own, report);
  const { excludedNamespaces } = override;
  if (excludedNamespaces.length > 0 && !own.some(looksAtNamespaces))
    report(
      "conflicting-fields",
      "excludedNamespaces",
      `${override.alert} is not about namespaces`,
      "an alert whose expression gives the label namespace",
    );
  if (override.for !== undefined && own.every((alert) => alert.for === override.for))
    report("without-effect", "for", `is ${override.for}, as it is without it`, "another duration");
  if (override.severity !== undefined && own.every(({ severity }) => severity === override.severity))
    report("without-effect", "severity", `is ${override.severity}, as it is without it`, "another severity");
}

function checkThreshold({ threshold: written, alert }: AlertOverride, own: readonly Alert[], report: Report): void {
  if (written === undefined) return;
  const tunable = own.flatMap(({ threshold }) => threshold ?? []);
  const [first] = tunable;
  if (first === undefined) {
    report(
      "conflicting-fields",
      "threshold",
      `${alert} compares with nothing that may be set`,
      "for, severity, excludedNamespaces or off",
    );
    return;
  }
  const read = readThreshold(written, first);
  if ("problem" in read) report("invalid-field", "threshold", read.problem, read.expected);
  else if (tunable.every(({ value }) => value === read.value))
    report("without-effect", "threshold", `is ${written}, as it is without it`, "another threshold");
}

/** True when the override is about anything that the alert is about. */
function concerns({ teams }: AlertOverride, { owner }: Alert, platformTeam: string): boolean {
  if (teams === undefined || owner === "namespace") return true;
  return teams.includes(owner === "platform" ? platformTeam : owner.team);
}

const settings = ["threshold", "for", "severity", "off"] as const;

/** Two overrides that hold in one place and say different things there, neither being an exception of the other. */
function contradictions(overrides: readonly AlertOverride[]): readonly Finding[] {
  return overrides.flatMap((second, index) =>
    overrides.slice(0, index).flatMap((first) => {
      if (first.alert !== second.alert || !overlap(first, second) || isException(first, second)) return [];
      const field = settings.find(
        (each) => first[each] !== undefined && second[each] !== undefined && first[each] !== second[each],
      );
      if (field === undefined) return [];
      const findings: Finding[] = [];
      reporter(second, findings)(
        "conflicting-fields",
        field,
        `is ${second[field]}, and ${first.name} says ${first[field]} of the same place`,
        "one override for each place, or a narrower one as an exception",
      );
      return findings;
    }),
  );
}

function overlap(a: AlertOverride, b: AlertOverride): boolean {
  const meet = (one: readonly string[] | undefined, other: readonly string[] | undefined): boolean =>
    one === undefined || other === undefined || one.some((name) => other.includes(name));
  return meet(a.environments, b.environments) && meet(a.teams, b.teams);
}

/** One names environments or teams and the other does not: the narrower one counts. */
function isException(a: AlertOverride, b: AlertOverride): boolean {
  const narrower = (one: AlertOverride, other: AlertOverride): boolean =>
    (["environments", "teams"] as const).every((field) => other[field] === undefined || one[field] !== undefined) &&
    (["environments", "teams"] as const).some((field) => other[field] === undefined && one[field] !== undefined);
  return narrower(a, b) || narrower(b, a);
}
