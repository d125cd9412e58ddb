import type { LabelSet } from "@plinth/alerts";
import type { Environment, PagingChannel, Platform, Team } from "@plinth/core";

/**
 * Who should be told of an alert, said in another way than the routing says it: from the paging of the environment and the team alone. A table, not a tree: if
 * the tree and this disagree, one of them is wrong.
 */
export function expectedReceivers(platform: Platform, environment: Environment, labels: LabelSet): readonly string[] {
  const { paging } = environment;
  if (labels["alertname"] === "Watchdog") return ["watchdog"];
  const severity = labels["severity"] ?? "";
  const nobody = [paging.critical, paging.warning, paging.info].every((channel) => channel === "none");
  if (severity === "none" || nobody) return ["null"];
  const owner = platform.teams.find(({ name }) => name === "platform");
  const team =
    platform.teams.find(({ name }) => name === labels["team"]) ??
    ((labels["team"] ?? "") === ""
      ? platform.teams.find(({ namespace }) => namespace === labels["namespace"])
      : undefined) ??
    owner;
  const name = team?.name ?? "platform";
  switch (severity) {
    case "critical":
      return calledFor(name, team, owner?.name ?? "platform", paging.critical);
    case "info":
      return [through(name, labels["sloth_severity"] === "ticket" ? paging.warning : paging.info)];
    default:
      return [through(name, paging.warning)];
  }
}

function calledFor(name: string, team: Team | undefined, owner: string, channel: PagingChannel): readonly string[] {
  if (channel !== "pagerduty" || name === owner || team === undefined) return [through(name, channel)];
  const standIn = `${name}-covered-by-${owner}`;
  if (team.onCall === undefined) return [standIn];
  return team.onCall.hours === undefined ? [through(name, channel)] : [through(name, channel), standIn];
}

function through(name: string, channel: PagingChannel): string {
  return channel === "none" ? "null" : `${name}-${channel}`;
}
