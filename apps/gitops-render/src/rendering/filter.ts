import { type Component, type Finding, type IndexEntry, nearestName, type Platform } from "@plinth/core";

/** Which files a command is about. An empty list means all. */
export interface Filter {
  readonly environments: readonly string[];
  readonly teams: readonly string[];
  readonly services: readonly string[];
  readonly components: readonly string[];
}

export function isEmpty(filter: Filter): boolean {
  return filter.environments.length + filter.teams.length + filter.services.length + filter.components.length === 0;
}

/** True when a file belongs to each thing that the filter names. */
export function matches(filter: Filter, entry: IndexEntry): boolean {
  const one = (wanted: readonly string[], value: string | undefined): boolean =>
    wanted.length === 0 || (value !== undefined && wanted.includes(value));
  return (
    one(filter.environments, entry.environment) &&
    one(filter.teams, entry.team) &&
    one(filter.services, entry.service) &&
    one(filter.components, entry.component)
  );
}

/** Names in the filter that the platform does not have. */
export function filterFindings(filter: Filter, platform: Platform, components: readonly Component[]): Finding[] {
  const check = (option: string, wanted: readonly string[], known: readonly string[]): Finding[] =>
    wanted
      .filter((name) => !known.includes(name))
      .map((name): Finding => {
        const nearest = nearestName(name, known);
        return {
          code: "unknown-reference",
          severity: "error",
          path: option,
          message: `there is no ${option.slice(2)} ${JSON.stringify(name)}`,
          expected: `one of ${known.join(", ")}`,
          ...(known[0] === undefined ? {} : { example: `${option} ${nearest ?? known[0]}` }),
        };
      });
  return [
    ...check(
      "--environment",
      filter.environments,
      platform.environments.map(({ name }) => name),
    ),
    ...check(
      "--team",
      filter.teams,
      platform.teams.map(({ name }) => name),
    ),
    ...check(
      "--service",
      filter.services,
      platform.services.map(({ name }) => name),
    ),
    ...check(
      "--component",
      filter.components,
      components.map(({ name }) => name),
    ),
  ];
}
