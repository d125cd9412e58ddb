import type { Environment, Finding, Platform, Team } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import { platformOwner } from "./owner.ts";
import type { RoutingOptions } from "./platform-routing.ts";

/** An alert as one environment has it. */
interface Occurrence {
  readonly environment: Environment;
  readonly alert: Alert;
}

/**
 * Teams that have critical alerts and nobody on call, where an environment calls somebody; and a platform whose own on call is not always there, although it
 * stands in for others.
 *
 * @param occurrences Each alert in each environment.
 */
export function onCallFindings(
  platform: Platform,
  occurrences: readonly Occurrence[],
  options: RoutingOptions = {},
): readonly Finding[] {
  const owner = platformOwner(platform, options.platformTeam);
  const calling = platform.environments.filter(({ paging }) => paging.critical === "pagerduty");
  if (calling.length === 0) return [];
  const critical = occurrences.filter(
    ({ environment, alert }) => alert.severity === "critical" && calling.includes(environment),
  );
  return platform.teams.flatMap((team): readonly Finding[] => {
    const isOwner = team.name === owner.name;
    if (isOwner && team.onCall?.hours !== undefined) return [notAlways(team)];
    if (team.onCall !== undefined) return [];
    const names = [...new Set(critical.filter((each) => isAbout(each, team, isOwner)).map(({ alert }) => alert.name))];
    return names.length === 0 ? [] : [nobody(team, names, isOwner ? undefined : owner.name)];
  });
}

function isAbout({ alert }: Occurrence, team: Team, isOwner: boolean): boolean {
  const { owner } = alert;
  return owner === "platform" ? isOwner : owner === "namespace" || owner.team === team.name;
}

function nobody(team: Team, alerts: readonly string[], standIn: string | undefined): Finding {
  const [first = "", ...others] = alerts;
  const what = others.length === 0 ? first : `${first} and ${others.length} more`;
  return {
    code: "conflicting-fields",
    // Somebody is called all the same, unless it is the team that stands in for the others.
    severity: standIn === undefined ? "error" : "warning",
    ...(team.source === undefined ? {} : { source: team.source }),
    path: `teams[${team.name}].onCall`,
    message:
      standIn === undefined
        ? `is missing, and the team has critical alerts: ${what}`
        : `is missing, and the team has critical alerts: ${what}; ${standIn} is called for it`,
    expected: "the PagerDuty service that is called",
    example: `onCall: { pagerduty: ${JSON.stringify(team.name)} }`,
  };
}

function notAlways(team: Team): Finding {
  return {
    code: "conflicting-fields",
    severity: "error",
    ...(team.source === undefined ? {} : { source: team.source }),
    path: `teams[${team.name}].onCall.hours`,
    message: "the team stands in for every other one, and nobody would for it",
    expected: "somebody on call at any time",
    example: `onCall: { pagerduty: ${JSON.stringify(team.onCall?.pagerduty ?? team.name)} }`,
  };
}
