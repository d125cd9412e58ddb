import type { OwnNames } from "./own-names.ts";

/**
 * Things that are alike, those of services (or teams) together that have them in the same environments: "12 services in all environments" means each of them in
 * each. What has no environment is in all.
 */
export function groupByPlaces<Member extends OwnNames>(
  members: readonly Member[],
  environments: readonly string[],
): readonly (readonly Member[])[] {
  const owned = Map.groupBy(members, ({ team, service }) => `${team ?? ""}/${service ?? ""}`);
  if (owned.size === 1) return [members];
  const places = Map.groupBy(owned.values(), (each) => {
    const present = new Set(each.flatMap(({ environment }) => environment ?? environments));
    return [...present].sort((a, b) => environments.indexOf(a) - environments.indexOf(b)).join("\u0000");
  });
  return [...places.values()].map((together) => together.flat());
}
