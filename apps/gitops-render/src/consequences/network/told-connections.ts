import { describeConnection } from "@plinth/policies/reachability";
import { changedObjects } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct, inWords } from "../words.ts";
import { type InsideGroup, type OutsideGroup, podsKey } from "./connection-groups.ts";
import { describePods, ownership, teamOf } from "./pods-in-words.ts";
import { type Context, type Turn, words } from "./turn.ts";

/** A connection between pods that opens or closes. */
export function insideConsequence(
  turn: Turn,
  { source, destination, ports, connections: members }: InsideGroup,
  context: Context,
): Consequence {
  const { environment, teams } = context;
  const changes = context.concerning([podsKey(source), podsKey(destination)]);
  const from = teamOf(source, teams);
  const to = teamOf(destination, teams);
  const sort = from === undefined || to === undefined ? "with-platform" : from === to ? "in-team" : "between-teams";
  return {
    rule: `connection-${turn}-${sort}`,
    environment,
    ...ownership(changes, [from, to]),
    subject: `${describePods(source, teams)} → ${describePods(destination, teams)}:${ports}`,
    text: words[turn].verb,
    details: members.length === 1 ? [] : distinct(members.map(describeConnection)),
    ...changedObjects(changes),
  };
}

/** Pods of one team that begin or cease to reach the same addresses on the same ports are told together. */
export function outsideConsequences(
  turn: Turn,
  groups: readonly OutsideGroup[],
  context: Context,
): readonly Consequence[] {
  const { teams, addresses } = context;
  const alike = Map.groupBy(groups, (group) =>
    JSON.stringify([group.direction, addresses.nameOf(group), group.ports, teamOf(group.pods, teams)]),
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [outsideConsequence(turn, [first, ...others], context)],
  );
}

function outsideConsequence(
  turn: Turn,
  groups: readonly [OutsideGroup, ...OutsideGroup[]],
  context: Context,
): Consequence {
  const [first] = groups;
  const { direction, ports } = first;
  const { environment, teams, addresses } = context;
  const changes = context.concerning(groups.map(({ pods }) => podsKey(pods)));
  const sort = addresses.sortOf(first);
  const rule =
    sort === "platform"
      ? (`connection-${turn}-with-platform` as const)
      : direction === "from"
        ? (`connection-${turn}-from-${sort === "anywhere" ? "anywhere" : "outside"}` as const)
        : (`connection-${turn}-to-${sort}` as const);
  const members = groups.flatMap(({ connections: own }) => own);
  const described = inWords(distinct(groups.map(({ pods }) => describePods(pods, teams))), 3);
  const named = addresses.nameOf(first);
  return {
    rule,
    environment,
    ...ownership(changes, [teamOf(first.pods, teams)]),
    subject:
      direction === "to"
        ? `${described} → ${named}${sort === "api-server" ? "" : `:${ports}`}`
        : `${named} → ${described}:${ports}`,
    text: groups.length === 1 ? words[turn].verb : words[turn].verbs,
    details: members.length === 1 ? [] : distinct(members.map(describeConnection)),
    ...changedObjects(changes),
  };
}
