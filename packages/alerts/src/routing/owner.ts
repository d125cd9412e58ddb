import { type Contact, type Finding, nearestName, type OnCall, once, type Platform } from "@plinth/core";

/** Who runs the platform: receives what no team's namespace and no team's label claims. */
export interface PlatformOwner {
  /** The value of the alert label `team`, and the key of its secrets. */
  readonly name: string;
  readonly contact: Contact;
  /** Who is called; for the platform there always is somebody. */
  readonly onCall?: OnCall;
}

const defaultOwner = "platform";

/**
 * Who runs the platform: the team that is named, or else a team called `platform`. Where there is neither, the owner `platform` with the channel
 * `#platform`, the address `platform@<domain>` and the PagerDuty service `platform`.
 *
 * @param team Name of the team that runs the platform. @default "platform"
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * platformOwner(examplePlatform(), "backend").contact.chat; // "#team-backend"
 */
export function platformOwner(platform: Platform, team?: string): PlatformOwner {
  const found =
    platform.teams.find(({ name }) => name === team) ?? platform.teams.find(({ name }) => name === defaultOwner);
  return found ?? ownerOutside(platform);
}

const ownerOutside = once(
  (platform: Platform): PlatformOwner => ({
    name: defaultOwner,
    contact: { chat: `#${defaultOwner}`, email: `${defaultOwner}@${platform.domain}` },
  }),
);

/** The PagerDuty service that is called for the platform. */
export function platformOnCall(owner: PlatformOwner): string {
  return owner.onCall?.pagerduty ?? owner.name;
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
