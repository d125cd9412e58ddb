import { type Environment, once, type PagedSeverity, type PagingChannel, type Platform } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import { platformAlerts } from "../catalogue.ts";
import type {
  AlertmanagerConfig,
  AlertmanagerGlobal,
  AlertmanagerRoute,
  NamedTimeInterval,
  Receiver,
} from "./alertmanager-config.ts";
import { inhibitRulesOf } from "./inhibition-rules.ts";
import { printMatcher } from "./matcher.ts";
import { templateGlob } from "./message-templates.ts";
import { type PlatformOwner, platformOwner } from "./owner.ts";
import {
  coveredReceiver,
  coveredReceiverName,
  nullReceiver,
  receiverName,
  receiverOf,
  secretNames,
  secretsFolder,
  watchdog,
  watchdogReceiver,
} from "./receivers.ts";
import { hoursInterval, maintenanceIntervals } from "./time-intervals.ts";
import { watchdogAlert } from "./watchdog-alert.ts";

/** What routing needs to know beyond the platform. */
export interface RoutingOptions {
  /** The team that runs the platform. @default see `platformOwner` */
  readonly platformTeam?: string;
  /** Where mail is handed in: `host:port`. @default `smtp.<domain>:587` */
  readonly smarthost?: string;
  /**
   * `central`: one configuration. `alertmanager-configs`: what teams are told of stands in an AlertmanagerConfig of each. @default "central"
   */
  readonly teamRouting?: "central" | "alertmanager-configs";
  /** Alerts that are routed: their labels say when two are about one thing. @default `platformAlerts` */
  readonly alerts?: readonly Alert[];
}

type Timings = Pick<AlertmanagerRoute, "group_by" | "group_wait" | "group_interval" | "repeat_interval">;

/** What comes in one message, how long it waits for company and how often it is repeated. A digest is a message that waits long. */
const timings: Readonly<Record<PagedSeverity | "page" | "ticket", Timings>> = {
  critical: { group_wait: "10s", group_interval: "1m", repeat_interval: "4h" },
  warning: { group_wait: "30s", group_interval: "5m", repeat_interval: "12h" },
  info: { group_by: ["severity"], group_wait: "10m", group_interval: "4h", repeat_interval: "1d" },
  // All promises of a service that burn at once are one incident.
  page: { group_by: ["service"], group_wait: "10s", group_interval: "1m", repeat_interval: "4h" },
  ticket: { group_by: ["service"], group_wait: "5m", group_interval: "1h", repeat_interval: "3d" },
};

// An interval is over only when more than it has passed since the last message: with 1m every second one would be left out.
const watchdogTimings = { group_wait: "0s", group_interval: "1m", repeat_interval: "50s" } as const;

/** The name of the time interval of the business hours. */
const businessHours = "business-hours";
const onCallName = (team: string): string => `${team}-on-call`;
const maintenanceName = (name: string): string => `maintenance-${name}`;

const is = (label: string, value: string): string => printMatcher({ label, operator: "=", value });

/**
 * The routing of an environment. An alert's label `team` says who is told; without one, the team whose namespace it is about; otherwise the team that
 * runs the platform. The environment's paging says through which channel, by severity; `none` tells nobody. A severity that is none of these goes the way of a
 * warning. Watchdog always goes to its own receiver.
 *
 * What is critical never waits; everything else waits for the business hours, where there are any. A team without anybody on call, or outside its hours, has the
 * platform's called for it. At times of maintenance nobody is told of what is expected.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const config = alertmanagerConfig(platform, environmentNamed(platform, "production"));
 * receiversOf(config, { alertname: "PodCrashLooping", namespace: "team-backend", severity: "warning" }); // ["backend-chat"]
 */
export function alertmanagerConfig(
  platform: Platform,
  environment: Environment,
  options: RoutingOptions = noOptions,
): AlertmanagerConfig {
  return configOf(platform, environment, options);
}

const noOptions: RoutingOptions = {};

const configOf = once((platform: Platform, environment: Environment, options: RoutingOptions): AlertmanagerConfig => {
  const owner = platformOwner(platform, options.platformTeam);
  const { paging } = environment;
  const channels = [...new Set([paging.warning, paging.critical, paging.info])];
  const silent = channels.every((channel) => channel === "none");
  const teams = silent ? [] : platform.teams.filter(({ name }) => name !== owner.name);
  const told = silent ? [] : [owner, ...teams];
  const routes: readonly AlertmanagerRoute[] = [
    { matchers: [is("alertname", watchdogAlert)], receiver: watchdogReceiver, ...watchdogTimings },
    { matchers: [is("severity", "none")], receiver: nullReceiver },
    ...teams.map((team) => teamRoute([is("team", team.name)], team, owner, environment)),
    ...teams.map((team) => teamRoute([is("team", ""), is("namespace", team.namespace)], team, owner, environment)),
    ...(silent ? [] : [teamRoute(undefined, owner, owner, environment)]),
  ];
  const named = new Set(routes.flatMap(receiversIn));
  const receivers: readonly Receiver[] = [
    { name: nullReceiver },
    watchdog,
    ...told.flatMap((each) => [
      ...channels.filter((channel) => channel !== "none").map((channel) => receiverOf(each, channel)),
      coveredReceiver(each, owner),
    ]),
  ];
  const intervals = intervalsOf(environment, told, new Set(routes.flatMap(intervalsIn)));
  return {
    global: globalOf(platform, options, channels),
    route: {
      receiver: receiverName(owner.name, paging.warning),
      group_by: ["alertname", "namespace", "service"],
      ...timings.warning,
      routes,
    },
    inhibit_rules: inhibitRulesOf(platform, environment, options.alerts ?? platformAlerts),
    templates: [templateGlob],
    receivers: receivers.filter(({ name }) => name === nullReceiver || named.has(name)),
    ...(intervals.length === 0 ? {} : { time_intervals: intervals }),
  };
});

function receiversIn({ receiver, routes = [] }: AlertmanagerRoute): readonly string[] {
  return [...(receiver === undefined ? [] : [receiver]), ...routes.flatMap(receiversIn)];
}

function intervalsIn(route: AlertmanagerRoute): readonly string[] {
  const { mute_time_intervals = [], active_time_intervals = [], routes = [] } = route;
  return [...mute_time_intervals, ...active_time_intervals, ...routes.flatMap(intervalsIn)];
}

/** What is no page goes the way of a warning, but for digests and tickets. */
function teamRoute(
  matchers: readonly string[] | undefined,
  team: PlatformOwner,
  owner: PlatformOwner,
  environment: Environment,
): AlertmanagerRoute {
  const { paging } = environment;
  return {
    ...(matchers === undefined ? {} : { matchers }),
    receiver: receiverName(team.name, paging.warning),
    ...waiting(environment, team, "warning"),
    routes: [
      ...pageRoutes([is("severity", "critical"), is("sloth_severity", "page")], "page", team, owner, environment),
      ...pageRoutes([is("severity", "critical")], "critical", team, owner, environment),
      {
        matchers: [is("sloth_severity", "ticket")],
        receiver: receiverName(team.name, paging.warning),
        ...timings.ticket,
        ...waiting(environment, team, "warning"),
      },
      {
        matchers: [is("severity", "info")],
        receiver: receiverName(team.name, paging.info),
        ...timings.info,
        ...waiting(environment, team, "info"),
      },
    ],
  };
}

/** Whoever is on call for the team; for a team that has nobody, or has nobody now, whoever is for the platform. */
function pageRoutes(
  matchers: readonly string[],
  kind: "critical" | "page",
  team: PlatformOwner,
  owner: PlatformOwner,
  environment: Environment,
): readonly AlertmanagerRoute[] {
  const { critical } = environment.paging;
  const muted = mutedBy(environment, team, "critical");
  const own: AlertmanagerRoute = {
    matchers,
    receiver: receiverName(team.name, critical),
    ...timings[kind],
    ...muteTimes(muted),
  };
  if (critical !== "pagerduty" || team.name === owner.name) return [own];
  const covered: AlertmanagerRoute = { ...own, receiver: coveredReceiverName(team.name, owner.name) };
  if (team.onCall === undefined) return [covered];
  if (team.onCall.hours === undefined) return [own];
  const hours = onCallName(team.name);
  return [
    { ...own, active_time_intervals: [hours], continue: true },
    { ...covered, ...muteTimes([...muted, hours]) },
  ];
}

/** When somebody is told of what may wait. */
function waiting(
  environment: Environment,
  team: PlatformOwner,
  severity: PagedSeverity,
): Pick<AlertmanagerRoute, "active_time_intervals" | "mute_time_intervals"> {
  return {
    ...muteTimes(mutedBy(environment, team, severity)),
    ...(environment.paging.businessHours === undefined ? {} : { active_time_intervals: [businessHours] }),
  };
}

function muteTimes(names: readonly string[]): Pick<AlertmanagerRoute, "mute_time_intervals"> {
  return names.length === 0 ? {} : { mute_time_intervals: names };
}

function mutedBy({ paging }: Environment, team: PlatformOwner, severity: PagedSeverity): readonly string[] {
  return paging.maintenance
    .filter(({ teams, severities }) => (teams?.includes(team.name) ?? true) && severities.includes(severity))
    .map(({ name }) => maintenanceName(name));
}

/** The times that routes name. */
function intervalsOf(
  { paging }: Environment,
  told: readonly PlatformOwner[],
  named: ReadonlySet<string>,
): readonly NamedTimeInterval[] {
  const all: readonly NamedTimeInterval[] = [
    ...(paging.businessHours === undefined
      ? []
      : [{ name: businessHours, time_intervals: [hoursInterval(paging.businessHours)] }]),
    ...told.flatMap(({ name, onCall }) =>
      onCall?.hours === undefined ? [] : [{ name: onCallName(name), time_intervals: [hoursInterval(onCall.hours)] }],
    ),
    ...paging.maintenance.map((maintenance) => ({
      name: maintenanceName(maintenance.name),
      time_intervals: maintenanceIntervals(maintenance),
    })),
  ];
  return all.filter(({ name }) => named.has(name));
}

function globalOf(
  { domain }: Platform,
  { smarthost }: RoutingOptions,
  channels: readonly PagingChannel[],
): AlertmanagerGlobal {
  if (!channels.includes("email")) return { resolve_timeout: "5m" };
  return {
    resolve_timeout: "5m",
    smtp_smarthost: smarthost ?? `smtp.${domain}:587`,
    smtp_from: `alertmanager@${domain}`,
    smtp_auth_username: `alertmanager@${domain}`,
    smtp_auth_password_file: `${secretsFolder}/${secretNames.email}/password`,
    smtp_require_tls: true,
  };
}
