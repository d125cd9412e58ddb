import type {
  EnvironmentInput,
  PlatformComponentInput,
  PlatformInput,
  PolicyExceptionInput,
  PolicyRolloutInput,
  ServiceInput,
  TeamInput,
} from "@plinth/core";

/** What somebody changes in the model. */
export type Edit = (platform: PlatformInput) => PlatformInput;

/** One pull request, and everything that an expert would say of it. */
export interface EditCase {
  /** What was done, in words. */
  readonly what: string;
  readonly edit: Edit;
  /** `high | production | quota-lowered | quota of team-data shrinks: …`: every line of the report, in any order, and nothing besides. */
  readonly told: readonly string[];
}

/** Several edits in one pull request. */
export function together(...edits: readonly Edit[]): Edit {
  return (platform) => edits.reduce((edited, edit) => edit(edited), platform);
}

/** Changes of something: what it becomes, or how that follows from what it is. */
type Changes<Thing> = Partial<Thing> | ((before: Thing) => Partial<Thing>);

function changed<Thing extends { name: string }>(
  list: readonly Thing[],
  name: string,
  changes: Changes<Thing>,
): readonly Thing[] {
  // An edit of nothing would prove nothing.
  if (!list.some((each) => each.name === name)) throw new RangeError(`the reference platform has no ${name}`);
  return list.map((each) =>
    each.name === name ? { ...each, ...(typeof changes === "function" ? changes(each) : changes) } : each,
  );
}

function without<Thing extends { name: string }>(list: readonly Thing[], names: readonly string[]): readonly Thing[] {
  for (const name of names)
    if (!list.some((each) => each.name === name)) throw new RangeError(`the reference platform has no ${name}`);
  return list.filter(({ name }) => !names.includes(name));
}

export function service(name: string, changes: Changes<ServiceInput>): Edit {
  return (platform) => ({ ...platform, services: changed(platform.services, name, changes) });
}

export function withService(added: ServiceInput): Edit {
  return (platform) => ({ ...platform, services: [...platform.services, added] });
}

export function withoutService(name: string): Edit {
  return (platform) => ({ ...platform, services: without(platform.services, [name]) });
}

export function team(name: string, changes: Changes<TeamInput>): Edit {
  return (platform) => ({ ...platform, teams: changed(platform.teams, name, changes) });
}

export function withTeam(added: TeamInput): Edit {
  return (platform) => ({ ...platform, teams: [...platform.teams, added] });
}

export function withoutTeam(name: string): Edit {
  return (platform) => ({ ...platform, teams: without(platform.teams, [name]) });
}

export function environment(name: string, changes: Changes<EnvironmentInput>): Edit {
  return (platform) => ({ ...platform, environments: changed(platform.environments, name, changes) });
}

export function telemetry(name: string, changes: Changes<EnvironmentInput["telemetry"]>): Edit {
  return environment(name, (before) => ({
    telemetry: {
      ...before.telemetry,
      ...(typeof changes === "function" ? changes(before.telemetry) : changes),
    },
  }));
}

export function paging(name: string, changes: Partial<EnvironmentInput["paging"]>): Edit {
  return environment(name, (before) => ({ paging: { ...before.paging, ...changes } }));
}

export function admission(name: string, changes: Partial<EnvironmentInput["admission"]>): Edit {
  return environment(name, (before) => ({ admission: { ...before.admission, ...changes } }));
}

export function withoutComponents(...names: readonly string[]): Edit {
  return (platform) => ({ ...platform, components: without(platform.components ?? [], names) });
}

export function component(name: string, changes: Changes<PlatformComponentInput>): Edit {
  return (platform) => ({ ...platform, components: changed(platform.components ?? [], name, changes) });
}

export function rollout(added: PolicyRolloutInput): Edit {
  return (platform) => ({ ...platform, policyRollouts: [...(platform.policyRollouts ?? []), added] });
}

export function exception(name: string, changes: Changes<PolicyExceptionInput>): Edit {
  return (platform) => ({ ...platform, policyExceptions: changed(platform.policyExceptions ?? [], name, changes) });
}

export function withException(added: PolicyExceptionInput): Edit {
  return (platform) => ({ ...platform, policyExceptions: [...(platform.policyExceptions ?? []), added] });
}

/** The platform without an environment, and without everything that is said of it. */
export function withoutEnvironment(name: string): Edit {
  return (platform) => ({
    ...platform,
    environments: without(platform.environments, [name]),
    teams: platform.teams.map((each) => ({ ...each, quotas: withoutKey(each.quotas, name) })),
    services: platform.services.map((each) => ({
      ...each,
      ...(each.environments === undefined ? {} : { environments: each.environments.filter((one) => one !== name) }),
      ...(each.needs === undefined
        ? {}
        : { needs: { ...each.needs, replicas: withoutKeyOf(each.needs.replicas ?? 1, name) } }),
      ...(each.traffic === undefined
        ? {}
        : { traffic: { ...each.traffic, requestsPerSecond: withoutKeyOf(each.traffic.requestsPerSecond, name) } }),
    })),
    dataStores: (platform.dataStores ?? []).map((each) => ({ ...each, placements: withoutKey(each.placements, name) })),
    policyRollouts: (platform.policyRollouts ?? []).flatMap((each) => elsewhere(each, name)),
    policyExceptions: (platform.policyExceptions ?? []).flatMap((each) => elsewhere(each, name)),
    alertOverrides: (platform.alertOverrides ?? []).flatMap((each) => elsewhere(each, name)),
  });
}

function withoutKey<Value>(values: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== key));
}

/** One number for all environments stays. */
function withoutKeyOf(values: number | Readonly<Record<string, number>>, key: string): number | Record<string, number> {
  return typeof values === "number" ? values : withoutKey(values, key);
}

function elsewhere<Entry extends { environments?: readonly string[] }>(
  entry: Entry,
  environment: string,
): readonly Entry[] {
  if (entry.environments === undefined) return [entry];
  const environments = entry.environments.filter((each) => each !== environment);
  return environments.length === 0 ? [] : [{ ...entry, environments }];
}
