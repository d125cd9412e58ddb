import { type Environment, type Platform, type Service, servicesIn, type Team } from "@plinth/core";
import type { Row } from "../model/dashboard.ts";

/** What a row about a team is made from. */
export interface TeamView {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly team: Team;
}

/** Makes a row for a team, or none where the team has nothing to show in it. */
export type TeamRow = (view: TeamView) => Row | undefined;

/** The team's services that run in the environment. */
export function servicesOf({ platform, environment, team }: TeamView): readonly Service[] {
  return servicesIn(platform, environment).filter((service) => service.team === team.name);
}
