import { type AlertmanagerConfig, type InhibitRule, matches, parseMatcher } from "@plinth/alerts";
import type { Consequence } from "../../consequence.ts";
import type { About } from "../../whole/about.ts";
import { listed, pairsOf, without } from "../../whole/pairs.ts";
import type { Whole } from "../../whole/whole.ts";
import type { AlikeAlerts } from "./alert-labels.ts";

/** Inhibition rules that come or go, and which alerts they keep quiet. Of a rule that names services only those are told that come or go. */
export function inhibitionChanges(
  base: About,
  before: AlertmanagerConfig,
  after: AlertmanagerConfig,
  alerts: readonly AlikeAlerts[],
  whole: Whole,
): readonly Consequence[] {
  const each = pairsOf(before.inhibit_rules ?? [], after.inhibit_rules ?? [], keyOf).flatMap((pair) => {
    const rule = pair.after ?? pair.before;
    if (rule === undefined || isAboutWhole(rule, whole)) return [];
    const [was, is] = [pair.before, pair.after].map((side) => (side === undefined ? undefined : servicesOf(side)));
    if (pair.before !== undefined && pair.after !== undefined) {
      return [
        ...quiet(base, rule, without(is ?? [], was ?? []), "added", alerts, whole),
        ...quiet(base, rule, without(was ?? [], is ?? []), "removed", alerts, whole),
      ];
    }
    const fate = pair.before === undefined ? "added" : "removed";
    const services = servicesOf(rule);
    if (services.length > 0) return quiet(base, rule, services, fate, alerts, whole);
    return [told(base, rule, fate, `alerts with ${rule.target_matchers.join(", ")}`, targetsOf(rule, alerts))];
  });
  return [...Map.groupBy(each, ({ rule }) => rule).values()].flatMap((group) => many(group));
}

const few = 3;

/** Many rules about services are one sentence; each is a detail. */
function many(group: readonly Consequence[]): readonly Consequence[] {
  const [first] = group;
  const ofServices = group.filter(
    ({ subject, text }) => subject.startsWith("alerts of ") && text.includes(" alert of "),
  );
  if (first === undefined || ofServices.length <= few) return group;
  const text = `${first.rule === "inhibition-added" ? "are quiet" : "are told"} while one of a service that they call fires`;
  const details = ofServices.map((each) => `${each.subject} ${each.text}`);
  return [
    { ...first, subject: "alerts of services", text, details },
    ...group.filter((each) => !ofServices.includes(each)),
  ];
}

/** Alerts of services that a rule keeps quiet from now on, or no longer. */
function quiet(
  base: About,
  rule: InhibitRule,
  services: readonly string[],
  fate: "added" | "removed",
  alerts: readonly AlikeAlerts[],
  whole: Whole,
): readonly Consequence[] {
  const staying = services.filter((service) => !whole.ownsService(service));
  if (staying.length === 0) return [];
  const targets = targetsOf(rule, alerts).filter((name) => staying.some((service) => name.endsWith(` of ${service}`)));
  return [told(base, rule, fate, `alerts of ${listed(staying)}`, targets)];
}

function told(
  base: About,
  rule: InhibitRule,
  fate: "added" | "removed",
  subject: string,
  details: readonly string[],
): Consequence {
  const equal = rule.equal ?? [];
  const same = equal.length === 0 ? "" : ` of the same ${listed(equal)}`;
  const text = `${fate === "added" ? "are quiet" : "are told"} while ${sourceText(rule)}${same} fires`;
  return { rule: `inhibition-${fate}`, ...base, subject, text, details };
}

/** `a critical alert of flagd`. */
function sourceText({ source_matchers }: InhibitRule): string {
  const matchers = source_matchers.flatMap((text) => parseMatcher(text) ?? []);
  const equalTo = (label: string): string | undefined =>
    matchers.find((matcher) => matcher.label === label && matcher.operator === "=")?.value;
  const [service, severity, name] = [equalTo("service"), equalTo("severity"), equalTo("alertname")];
  const known = [service, severity, name].filter((value) => value !== undefined).length;
  if (known !== source_matchers.length) return `one with ${source_matchers.join(", ")}`;
  const alert = name ?? `${severity === undefined ? "an" : `a ${severity}`} alert`;
  return service === undefined ? alert : `${alert} of ${service}`;
}

/** The services whose alerts a rule keeps quiet; none where it says so in another way. */
function servicesOf({ target_matchers }: InhibitRule): readonly string[] {
  const matcher = target_matchers.flatMap((text) => parseMatcher(text) ?? []).find(({ label }) => label === "service");
  if (matcher === undefined || !/^=~?$/.test(matcher.operator)) return [];
  const names = matcher.value.split("|");
  return names.every((name) => /^[a-z0-9-]+$/.test(name)) ? names : [];
}

/** A rule about a service or a team that comes or goes follows it. */
function isAboutWhole({ source_matchers, target_matchers }: InhibitRule, whole: Whole): boolean {
  return [...source_matchers, ...target_matchers]
    .flatMap((text) => parseMatcher(text) ?? [])
    .some(
      ({ label, operator, value }) =>
        operator === "=" &&
        ((label === "service" && whole.ownsService(value)) || (label === "team" && whole.ownsTeam(value))),
    );
}

function keyOf({ source_matchers, target_matchers, equal = [] }: InhibitRule): string {
  const services = servicesOf({ source_matchers, target_matchers, equal });
  const targets =
    services.length === 0 ? target_matchers : target_matchers.filter((text) => !/^service\s*=/.test(text));
  return JSON.stringify([source_matchers.toSorted(), targets.toSorted(), equal.toSorted(), services.length > 0]);
}

function targetsOf({ target_matchers }: InhibitRule, alerts: readonly AlikeAlerts[]): readonly string[] {
  const asked = target_matchers.flatMap((text) => parseMatcher(text) ?? []);
  const names = alerts.flatMap(({ labels, names: each }) =>
    asked.every((matcher) => matches(matcher, labels)) ? each : [],
  );
  return [...new Set(names)].sort();
}
