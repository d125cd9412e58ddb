import { dependenciesOf, type Environment, type Platform, type Service, servicesIn } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import type { InhibitRule } from "./alertmanager-config.ts";
import { printMatcher } from "./matcher.ts";

/** Labels of services and their promises; what else an alert may be about its expression says. */
const serviceLabels: readonly string[] = ["namespace", "service", "slo"];

/** Labels that say which object an alert is about, of all alerts. Equal in all of them: about one thing. */
export function objectLabels(alerts: readonly Alert[]): readonly string[] {
  const others = new Set(alerts.flatMap(({ labels }) => labels));
  return [...serviceLabels, ...[...others].filter((label) => !serviceLabels.includes(label)).sort()];
}

/** Alerts that say that the cluster itself does not work: what else fires then follows from it. */
export const clusterWideAlerts: readonly string[] = ["ApiServerDown", "ManyNodesNotReady"];

const is = (label: string, value: string): string => printMatcher({ label, operator: "=", value });
const isNot = (label: string, value: string): string => printMatcher({ label, operator: "!=", value });
const isOneOf = (label: string, values: readonly string[]): string =>
  values.length === 1
    ? is(label, values[0] ?? "")
    : printMatcher({ label, operator: "=~", value: values.map((value) => value.replaceAll(".", "\\.")).join("|") });

const critical = is("severity", "critical");
const lesser = isOneOf("severity", ["warning", "info"]);
/** Requests, errors and durations of a service: only alerts that every service has carry its tier. */
const ofRequests = [isNot("tier", ""), isNot("service", ""), is("sloth_severity", "")];

/** Rules that hold in every environment. A page is held back only while another one that says more has been sent. */
const everywhere = (about: readonly string[]): readonly InhibitRule[] => [
  {
    name: "critical-over-warning",
    source_matchers: [critical],
    target_matchers: [lesser],
    equal: ["alertname", ...about],
  },
  {
    name: "warning-over-info",
    source_matchers: [is("severity", "warning")],
    target_matchers: [is("severity", "info")],
    equal: ["alertname", ...about],
  },
  {
    // The page about a burning error budget says the same, and says how urgent it is.
    name: "promise-over-requests",
    source_matchers: [is("sloth_severity", "page"), isNot("service", "")],
    target_matchers: ofRequests,
    equal: ["service"],
  },
  {
    name: "node-over-its-pods",
    source_matchers: [
      printMatcher({ label: "alertname", operator: "=~", value: "Node.*" }),
      critical,
      isNot("node", ""),
    ],
    target_matchers: [lesser, isNot("node", "")],
    equal: ["node"],
  },
  {
    name: "cluster-over-everything",
    source_matchers: [isOneOf("alertname", clusterWideAlerts), critical],
    target_matchers: [lesser],
  },
];

/**
 * What is not sent while something else fires: lesser alerts about the same thing, a service's requests while its promise pages, what happens on a node that
 * is gone, lesser alerts of a cluster that does not work, and the requests of services that call one whose own page fires.
 *
 * A page is held back only by a page that is sent: services that call one another in a circle hold back none of each other's, and one whose pages are expected
 * (maintenance) holds back nobody's.
 */
export function inhibitRulesOf(
  platform: Platform,
  environment: Environment,
  alerts: readonly Alert[],
): readonly InhibitRule[] {
  return [...everywhere(objectLabels(alerts)), ...dependencyRules(platform, environment)];
}

function dependencyRules(platform: Platform, environment: Environment): readonly InhibitRule[] {
  const called = calledServices(platform, environment);
  const callers = new Map<string, string[]>();
  for (const [caller, dependencies] of called) {
    for (const { name, team } of dependencies) {
      // Of services that call one another in a circle each would hold back the next, and nobody would be told.
      if (pagesAreExpected(environment, team) || reaches(called, name, caller)) continue;
      callers.set(name, [...(callers.get(name) ?? []), caller]);
    }
  }
  return [...callers].map(([name, dependents]) => ({
    name: `${name}-over-its-callers`,
    source_matchers: [is("service", name), critical],
    target_matchers: [isOneOf("service", [...new Set(dependents)]), isNot("tier", ""), is("sloth_severity", "")],
  }));
}

function calledServices(platform: Platform, environment: Environment): ReadonlyMap<string, readonly Service[]> {
  return new Map(
    servicesIn(platform, environment).map((service) => [
      service.name,
      dependenciesOf(platform, service, environment).flatMap((dependency) =>
        dependency.kind === "service" ? [dependency.service] : [],
      ),
    ]),
  );
}

/** True when calls lead from one service to another, over others or not. */
function reaches(called: ReadonlyMap<string, readonly Service[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  // A set that grows while it is walked gives what was added, too.
  for (const name of seen) for (const dependency of called.get(name) ?? []) seen.add(dependency.name);
  return seen.has(to);
}

/** A page that is muted holds others back all the same: then nobody would be told. */
function pagesAreExpected({ paging }: Environment, team: string): boolean {
  return paging.maintenance.some(
    ({ severities, teams }) => severities.includes("critical") && (teams === undefined || teams.includes(team)),
  );
}
