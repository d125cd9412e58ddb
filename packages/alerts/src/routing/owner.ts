import { type Contact, type Finding, nearestName, type Platform } from "@plinth/core";

/** Who runs the platform: receives what no team's namespace and no team's label claims. */
export interface PlatformOwner {
  /** The value of the alert label `team`, and the key of its secrets. */
  readonly name: string;
  readonly contact: Contact;
}

const defaultOwner = "platform";

/**
 * Who runs the platform: the team that is named, or else a team called `platform`. Where there is neither, the owner `platform` with the channel
 * `#platform` and the address `platform@<domain>`.
 *
 * @param team Name of the team that runs the platform. @default "platform"
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * platformOwner(examplePlatform(), "backend").contact.chat; // "#team-backend"
 */
export function platformOwner(platform: Platform, team?: string): PlatformOwner {
  const found =
    platform.teams.find(({ name }) => name === team) ?? platform.teams.find(({ name }) => name === defaultOwner);
  if (found !== undefined) return { name: found.name, contact: found.contact };
  return { name: defaultOwner, contact: { chat: `#${defaultOwner}`, email: `${defaultOwner}@${platform.domain}` } };
}

/** That the team which is said to own the platform does not exist. */
export function ownerFindings(platform: Platform, team: string | undefined): readonly Finding[] {
  const names = platform.teams.map(({ name }) => name);
  if (team === undefined || names.some((name) => name === team)) return [];
  const nearest = nearestName(team, names);
  return [
    {
      code: "unknown-reference",
      severity: "error",
      path: "platformTeam",
      message: `there is no team ${JSON.stringify(team)}`,
      expected: `one of ${names.join(", ")}`,
      ...(nearest === undefined ? {} : { example: `platformTeam: ${JSON.stringify(nearest)}` }),
    },
  ];
}
