import type { Environment, Platform, PolicyRollout } from "@plinth/core";
import type { AnyPolicy } from "../admission/policy.ts";
import { widthOf } from "./policy-group.ts";

/** Where a policy is looked at: in the namespace of a team, or, without one, at what lives in no namespace. */
export interface RolloutPlace {
  readonly environment: Pick<Environment, "name">;
  readonly team?: string;
}

/** How widely a rollout speaks: the narrowest decides. The policy counts first, then the team, then the environment. */
type Width = readonly [policy: number, team: number, environment: number];

function widthAt(rollout: PolicyRollout, policy: AnyPolicy, { environment, team }: RolloutPlace): Width | undefined {
  const width = widthOf(policy, rollout.policies);
  if (width === undefined) return undefined;
  if (rollout.environments?.some((name) => name === environment.name) === false) return undefined;
  if (rollout.teams !== undefined && (team === undefined || !rollout.teams.includes(team))) return undefined;
  return [width, rollout.teams === undefined ? 1 : 0, rollout.environments === undefined ? 1 : 0];
}

function compareWidths(one: Width, other: Width): number {
  const difference = one.findIndex((width, index) => width !== other[index]);
  return difference === -1 ? 0 : (one[difference] ?? 0) - (other[difference] ?? 0);
}

/**
 * The rollouts that speak of a policy at a place, as narrowly as none other: one, or none where the environment decides. More than one contradict each
 * other, which is a finding; then the first by name holds.
 */
export function decidingRollouts(
  { policyRollouts }: Pick<Platform, "policyRollouts">,
  policy: AnyPolicy,
  place: RolloutPlace,
): readonly PolicyRollout[] {
  const speaking = policyRollouts.flatMap((rollout) => {
    const width = widthAt(rollout, policy, place);
    return width === undefined ? [] : [{ rollout, width }];
  });
  return speaking
    .filter(({ width }) => speaking.every((other) => compareWidths(width, other.width) <= 0))
    .map(({ rollout }) => rollout);
}
