import type { OwnNames } from "./own-names.ts";

/** `all environments`, `production`, `development and staging`. */
export function environmentsInWords(some: readonly string[], all: readonly string[]): string {
  if (some.length > 1 && all.every((environment) => some.includes(environment))) return "all environments";
  return inWords(some);
}

const fewServices = 3;

/**
 * Whose it is, as far as the sentence does not say it: `quote`, `cart, checkout and quote`, `12 services of 4 teams`, `6 teams`; nothing where it is clear.
 */
export function ownersInWords(members: readonly OwnNames[], sentence: string): string {
  const teams = new Set(members.flatMap(({ team }) => team ?? []));
  const services = new Set(members.flatMap(({ service, team }) => (service === undefined ? [] : `${team}/${service}`)));
  const names = [...new Set(members.flatMap(({ service }) => service ?? []))].sort();
  const ofTeams = teams.size > 1 ? `${teams.size} teams` : "";
  if (services.size > fewServices) return `${services.size} services${ofTeams === "" ? "" : ` of ${ofTeams}`}`;
  if (names.length > 1) return inWords(names);
  if (names.length === 1) return sentence.includes(names[0] ?? "") ? "" : inWords(names);
  return ofTeams;
}

/** `a`, `a and b`, `a, b and c`. */
export function inWords(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
