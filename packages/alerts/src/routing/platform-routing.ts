import type { Environment, PagingChannel, Platform } from "@plinth/core";
import type { AlertSeverity } from "../alert/alert.ts";
import type {
  AlertmanagerConfig,
  AlertmanagerGlobal,
  AlertmanagerRoute,
  InhibitRule,
  Receiver,
} from "./alertmanager-config.ts";
import { printMatcher } from "./matcher.ts";
import { templateGlob } from "./message-templates.ts";
import { type PlatformOwner, platformOwner } from "./owner.ts";
import {
  nullReceiver,
  receiverName,
  receiverOf,
  secretNames,
  secretsFolder,
  watchdog,
  watchdogReceiver,
} from "./receivers.ts";

/** What routing needs to know beyond the platform. */
export interface RoutingOptions {
  /** The team that runs the platform. @default see `platformOwner` */
  readonly platformTeam?: string;
  /** Where mail is handed in: `host:port`. @default `smtp.<domain>:587` */
  readonly smarthost?: string;
}

/** The alert that always fires: as long as it arrives, the way from Prometheus to Alertmanager is open. */
export const watchdogAlert = "Watchdog";

/** How long messages wait for company and how often they are repeated. A digest is a message that waits long. */
const timings: Readonly<
  Record<
    "critical" | "warning" | "info",
    Pick<AlertmanagerRoute, "group_by" | "group_wait" | "group_interval" | "repeat_interval">
  >
> = {
  critical: { group_wait: "10s", group_interval: "1m", repeat_interval: "4h" },
  warning: { group_wait: "30s", group_interval: "5m", repeat_interval: "12h" },
  info: { group_by: ["severity"], group_wait: "10m", group_interval: "4h", repeat_interval: "1d" },
};

// An interval is over only when more than it has passed since the last message: with 1m every second one would be left out.
const watchdogTimings = { group_wait: "0s", group_interval: "1m", repeat_interval: "50s" } as const;

/** Labels that say which object an alert is about: those that the platform's alerts give, and those of services and their SLOs. Equal in all of them: about one thing. */
const objectLabels = [
  "namespace",
  "service",
  "slo",
  "node",
  "instance",
  "device",
  "mountpoint",
  "pod",
  "container",
  "deployment",
  "persistentvolumeclaim",
  "name",
  "policy_name",
] as const;

const is = (label: string, value: string): string => printMatcher({ label, operator: "=", value });
const isOneOf = (label: string, values: readonly string[]): string =>
  printMatcher({ label, operator: "=~", value: values.join("|") });

const inhibitRules: readonly InhibitRule[] = [
  {
    source_matchers: [is("severity", "critical")],
    target_matchers: [isOneOf("severity", ["warning", "info"])],
    equal: ["alertname", ...objectLabels],
  },
  {
    source_matchers: [is("severity", "warning")],
    target_matchers: [is("severity", "info")],
    equal: ["alertname", ...objectLabels],
  },
  // The page about a burning error budget says the same, and says how urgent it is.
  {
    source_matchers: [is("sloth_severity", "page"), printMatcher({ label: "service", operator: "!=", value: "" })],
    target_matchers: [is("alertname", "HighErrorRate")],
    equal: ["service"],
  },
];

/**
 * The routing of an environment. An alert's label `team` says who is told; without one, the team whose namespace it is about; otherwise the team that
 * runs the platform. The environment's paging says through which channel, by severity; `none` tells nobody. A severity that is none of these goes the way of a
 * warning. Watchdog always goes to its own receiver.
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
  options: RoutingOptions = {},
): AlertmanagerConfig {
  const owner = platformOwner(platform, options.platformTeam);
  const { paging } = environment;
  const channels = [...new Set([paging.warning, paging.critical, paging.info])];
  const silent = channels.every((channel) => channel === "none");
  const teams = silent ? [] : platform.teams.filter(({ name }) => name !== owner.name);
  const told = silent ? [] : [owner, ...teams];
  return {
    global: globalOf(platform, options, channels),
    route: {
      receiver: receiverName(owner.name, paging.warning),
      group_by: ["alertname", "namespace", "service"],
      ...timings.warning,
      routes: [
        { matchers: [is("alertname", watchdogAlert)], receiver: watchdogReceiver, ...watchdogTimings },
        { matchers: [is("severity", "none")], receiver: nullReceiver },
        ...teams.map((team) => teamRoute([is("team", team.name)], team, environment)),
        ...teams.map((team) => teamRoute([is("team", ""), is("namespace", team.namespace)], team, environment)),
        ...(silent ? [] : severityRoutes(owner, environment)),
      ],
    },
    inhibit_rules: inhibitRules,
    templates: [templateGlob],
    receivers: [
      { name: nullReceiver },
      watchdog,
      ...told.flatMap((each) =>
        channels.filter((channel) => channel !== "none").map((channel): Receiver => receiverOf(each, channel)),
      ),
    ],
  };
}

function teamRoute(matchers: readonly string[], owner: PlatformOwner, environment: Environment): AlertmanagerRoute {
  return {
    matchers,
    receiver: receiverName(owner.name, environment.paging.warning),
    routes: severityRoutes(owner, environment),
  };
}

/** What does not go the way of a warning. */
function severityRoutes(owner: PlatformOwner, { paging }: Environment): readonly AlertmanagerRoute[] {
  const route = (severity: Extract<AlertSeverity, "critical" | "info">): AlertmanagerRoute => ({
    matchers: [is("severity", severity)],
    receiver: receiverName(owner.name, paging[severity]),
    ...timings[severity],
  });
  return [route("critical"), route("info")];
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
