import { fieldAt, isRecord, type Resource } from "@plinth/core";
import type { TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import { ruleKinds, rulesOf } from "../alerts/rules-of.ts";
import type { Consequence } from "../consequence.ts";
import { holdingOf } from "../data/holdings.ts";
import { budgetText } from "../objectives/budget-text.ts";
import { burnRulesOf, objectivesOf } from "../objectives/rendered-objective.ts";
import { aboutObjects } from "../whole/about.ts";
import { type WholeService, type WholeTeam, wholeIn } from "../whole/whole.ts";

/** Environments, teams and services that come or go: each told once, with what it brings or takes along. */
export function wholeChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const whole = wholeIn(comparison, environment);
  if (whole.environment !== undefined) {
    const tree = whole.environment === "added" ? comparison.after : comparison.before;
    const objects = tree.objectsIn(environment);
    return [
      {
        rule: `environment-${whole.environment}`,
        environment,
        subject: `environment ${environment}`,
        text: whole.environment === "added" ? "comes" : "goes, with all that is in it",
        details: [
          ...namesOf(objects, "teams", "team"),
          ...namesOf(objects, "services", "service"),
          ...kindCounts(objects),
        ],
        objects: objects.map(({ identity }) => identity),
        files: objects.map(({ path }) => path),
      },
    ];
  }
  const moved = movedServices(whole.services);
  const renamed = comparison.renamedEnvironments.filter(({ after }) => after === environment);
  return [
    ...renamed.map((rename): Consequence => {
      const objects = comparison.after.objectsIn(environment, "Application");
      const text = `is called ${rename.after}, not ${rename.before}`;
      return {
        rule: "environment-renamed",
        ...aboutObjects(environment, objects),
        subject: "the environment",
        text,
        details: [],
      };
    }),
    ...whole.teams.map((team) => teamChange(environment, team)),
    ...moved.map(([from, to]) => serviceMove(environment, from, to)),
    ...whole.services
      .filter((service) => !moved.flat().includes(service))
      .map((service) => serviceChange(environment, service)),
  ];
}

/** Services that are gone for one team and new for another. */
function movedServices(services: readonly WholeService[]): readonly (readonly [WholeService, WholeService])[] {
  return services.flatMap((gone) => {
    if (gone.fate !== "removed") return [];
    const come = services.find(({ fate, service }) => fate === "added" && service === gone.service);
    return come === undefined ? [] : [[gone, come] as const];
  });
}

function teamChange(environment: string, { fate, team, objects }: WholeTeam): Consequence {
  return {
    rule: `team-${fate}`,
    ...aboutObjects(environment, objects),
    team,
    subject: `team ${team}`,
    text: fate === "added" ? "comes" : "goes",
    details: [
      ...namesOf(objects, "services", "service"),
      ...quotas(objects),
      ...losses(objects, fate),
      ...kindCounts(objects),
    ],
  };
}

function serviceChange(environment: string, { fate, service, objects }: WholeService): Consequence {
  const lost = losses(objects, fate);
  const holdsData = objects.some(({ resource }) => dataOf(resource) !== undefined);
  return {
    rule: holdsData ? `data-service-${fate}` : `service-${fate}`,
    ...aboutObjects(environment, objects),
    subject: `service ${service}`,
    text: fate === "added" ? "comes" : "goes",
    details: [...lost, ...promisesOf(objects), ...alertsOf(objects), ...kindCounts(objects)],
  };
}

/** `objective availability: 99 %, a budget of 7 h 12 min in 30 days`. */
function promisesOf(objects: readonly TreeObject[]): readonly string[] {
  const days = new Map(
    objects.flatMap((object) => [...burnRulesOf(object)].map(([id, each]) => [id, each.days] as const)),
  );
  return objects
    .filter(({ resource }) => resource.kind === "PrometheusServiceLevel")
    .flatMap((object) => objectivesOf(object))
    .map(({ id, name, objective }) => {
      const period = days.get(id) ?? 30;
      return `objective ${name}: ${objective} %, a budget of ${budgetText(objective, period)} in ${period} days`;
    });
}

/** `alerts: HighErrorRate (critical), HighLatency (warning)`. */
function alertsOf(objects: readonly TreeObject[]): readonly string[] {
  const alerts = objects
    .filter(({ resource }) => ruleKinds.includes(resource.kind))
    .flatMap((object) => rulesOf(object).alerts)
    .map(({ name, labels }) => `${name} (${labels["severity"] ?? "no severity"})`);
  return alerts.length === 0 ? [] : [`alerts: ${[...new Set(alerts)].sort().join(", ")}`];
}

function serviceMove(environment: string, from: WholeService, to: WholeService): Consequence {
  const teams = [from.team, to.team].filter((team) => team !== undefined).sort();
  return {
    rule: "service-changed-team",
    ...aboutObjects(environment, [...from.objects, ...to.objects]),
    concerns: teams,
    service: to.service,
    subject: `service ${to.service}`,
    text: `belongs to ${to.team ?? "nobody"}, not to ${from.team ?? "nobody"}`,
    details: [...losses(from.objects, "removed"), ...kindCounts(to.objects)],
  };
}

function namesOf(objects: readonly TreeObject[], what: string, field: "team" | "service"): readonly string[] {
  const names = [...new Set(objects.flatMap(({ entry }) => entry[field] ?? []))].sort();
  return names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
}

/** The data that goes with an object. What an application delivers is told with its service or team. */
function dataOf(resource: Resource): string | undefined {
  const holding = resource.kind === "Application" ? undefined : holdingOf(resource);
  return holding?.kind === "data" ? holding.what : undefined;
}

/** What goes beyond the objects themselves. */
function losses(objects: readonly TreeObject[], fate: "added" | "removed"): readonly string[] {
  if (fate === "added") return [];
  return objects.flatMap(({ resource }) => {
    const what = dataOf(resource);
    return what === undefined ? [] : [`deletes ${resource.kind} ${resource.metadata.name}, and with it ${what}`];
  });
}

function quotas(objects: readonly TreeObject[]): readonly string[] {
  return objects.flatMap(({ resource }) => {
    const hard = fieldAt(resource, "spec", "hard");
    if (resource.kind !== "ResourceQuota" || !isRecord(hard) || hard["requests.cpu"] === undefined) return [];
    return [`quota: ${String(hard["requests.cpu"])} CPU, ${String(hard["requests.memory"])} of memory`];
  });
}

/** `objects: 1 Namespace, 2 NetworkPolicies`. */
function kindCounts(objects: readonly TreeObject[]): readonly string[] {
  const kinds = Map.groupBy(objects, ({ resource }) => resource.kind);
  const counts = [...kinds]
    .map(([kind, list]) => `${list.length} ${kind}`)
    .sort((a, b) => (a.replace(/^\d+ /, "") < b.replace(/^\d+ /, "") ? -1 : 1));
  return counts.length === 0 ? [] : [`objects: ${counts.join(", ")}`];
}
