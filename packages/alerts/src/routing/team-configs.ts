import { buildUntypedResource, type Finding, type Platform, type Resource, type Team } from "@plinth/core";
import type {
  AlertmanagerConfig,
  AlertmanagerRoute,
  EmailConfig,
  NamedTimeInterval,
  PagerDutyConfig,
  Receiver,
  SlackConfig,
} from "./alertmanager-config.ts";
import { parseMatcher, printMatcher } from "./matcher.ts";
import { nullReceiver, secretsFolder } from "./receivers.ts";

/** The routing in two parts: what the platform says, and a resource for each team that says the team's own. */
export interface DividedRouting {
  /** The whole tree, where alerts of teams end with nobody: the resources have told them. */
  readonly central: AlertmanagerConfig;
  /** AlertmanagerConfigs, in the namespace of the Alertmanager. */
  readonly ofTeams: readonly Resource[];
}

/**
 * A routing divided into what the platform says and an AlertmanagerConfig for each team. The Prometheus operator puts the routes of the resources before those
 * of the platform and lets every alert go on, so that the platform's own then end with nobody.
 *
 * They lie in the Alertmanager's namespace, and its `alertmanagerConfigMatcherStrategy` must be `OnNamespaceExceptForAlertmanagerNamespace`: alerts about
 * services carry no namespace, and the usual strategy would ask for one.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.AlertmanagerConfig
 */
export function dividedRouting({ teams }: Platform, config: AlertmanagerConfig, namespace: string): DividedRouting {
  const own = teams.flatMap((team) => {
    const routes = (config.route.routes ?? []).filter((route) => isOf(team, route));
    return routes.length === 0 ? [] : [{ team, routes }];
  });
  const divided = new Set(own.flatMap(({ routes }) => routes));
  const routes = (config.route.routes ?? []).map(
    (route): AlertmanagerRoute =>
      divided.has(route)
        ? { ...(route.matchers === undefined ? {} : { matchers: route.matchers }), receiver: nullReceiver }
        : route,
  );
  const kept = new Set([config.route.receiver, ...routes.flatMap(receiversIn)]);
  const times = new Set(routes.flatMap(timesIn));
  const { time_intervals: intervals = [], ...rest } = config;
  const keptIntervals = intervals.filter(({ name }) => times.has(name));
  return {
    central: {
      ...rest,
      route: { ...config.route, routes },
      receivers: config.receivers.filter(({ name }) => kept.has(name) || name === nullReceiver),
      ...(keptIntervals.length === 0 ? {} : { time_intervals: keptIntervals }),
    },
    ofTeams: own.map(({ team, routes: ofTeam }) => teamConfig(team, ofTeam, config, namespace)),
  };
}

/** Times in other time zones than UTC: the resources cannot say them. */
export function dividedRoutingFindings(config: AlertmanagerConfig): readonly Finding[] {
  return (config.time_intervals ?? []).flatMap(({ name, time_intervals }): readonly Finding[] => {
    const location = time_intervals.find((interval) => interval.location !== undefined)?.location;
    return location === undefined
      ? []
      : [
          {
            code: "conflicting-fields",
            severity: "error",
            path: "teamRouting",
            message: `is "alertmanager-configs", whose resources know no time zone, and ${name} is in ${location}`,
            expected: 'hours in UTC, or one configuration: teamRouting: "central"',
            example: 'timeZone: "UTC"',
          },
        ];
  });
}

function isOf({ name, namespace }: Team, { matchers = [] }: AlertmanagerRoute): boolean {
  return (
    matchers.includes(printMatcher({ label: "team", operator: "=", value: name })) ||
    matchers.includes(printMatcher({ label: "namespace", operator: "=", value: namespace }))
  );
}

function receiversIn({ receiver, routes = [] }: AlertmanagerRoute): readonly string[] {
  return [...(receiver === undefined ? [] : [receiver]), ...routes.flatMap(receiversIn)];
}

function timesIn({
  mute_time_intervals = [],
  active_time_intervals = [],
  routes = [],
}: AlertmanagerRoute): readonly string[] {
  return [...mute_time_intervals, ...active_time_intervals, ...routes.flatMap(timesIn)];
}

function teamConfig(
  { name }: Team,
  routes: readonly AlertmanagerRoute[],
  config: AlertmanagerConfig,
  namespace: string,
): Resource {
  const receivers = new Set(routes.flatMap(receiversIn));
  const times = new Set(routes.flatMap(timesIn));
  const intervals = (config.time_intervals ?? []).filter((interval) => times.has(interval.name));
  return buildUntypedResource({
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "AlertmanagerConfig",
    metadata: { name: `team-${name}`, namespace },
    spec: {
      route: {
        // What is of no route below is of another team.
        receiver: nullReceiver,
        routes: routes.map((route) =>
          routeSpec({ ...route, group_by: route.group_by ?? config.route.group_by ?? [] }, config.route),
        ),
      },
      receivers: [
        { name: nullReceiver },
        ...config.receivers
          .filter((receiver) => receivers.has(receiver.name) && receiver.name !== nullReceiver)
          .map(receiverSpec),
      ],
      ...(intervals.length === 0 ? {} : { muteTimeIntervals: intervals.map(intervalSpec) }),
    },
  });
}

const matchTypes = { "=": "=", "!=": "!=", "=~": "=~", "!~": "!~" } as const;

function routeSpec(route: AlertmanagerRoute, root: Partial<AlertmanagerRoute> = {}): Readonly<Record<string, unknown>> {
  const { matchers = [], receiver, group_by, mute_time_intervals, active_time_intervals, routes } = route;
  return {
    matchers: matchers.flatMap((text) => {
      const matcher = parseMatcher(text);
      return matcher === undefined
        ? []
        : [{ name: matcher.label, value: matcher.value, matchType: matchTypes[matcher.operator] }];
    }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(group_by === undefined ? {} : { groupBy: group_by }),
    ...given("groupWait", route.group_wait ?? root.group_wait),
    ...given("groupInterval", route.group_interval ?? root.group_interval),
    ...given("repeatInterval", route.repeat_interval ?? root.repeat_interval),
    ...given("muteTimeIntervals", mute_time_intervals),
    ...given("activeTimeIntervals", active_time_intervals),
    ...given("continue", route.continue),
    ...(routes === undefined ? {} : { routes: routes.map((child) => routeSpec(child)) }),
  };
}

function given(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}

function receiverSpec({ name, pagerduty_configs, slack_configs, email_configs }: Receiver): unknown {
  return {
    name,
    ...(pagerduty_configs === undefined ? {} : { pagerdutyConfigs: pagerduty_configs.map(pagerDutySpec) }),
    ...(slack_configs === undefined ? {} : { slackConfigs: slack_configs.map(slackSpec) }),
    ...(email_configs === undefined ? {} : { emailConfigs: email_configs.map(emailSpec) }),
  };
}

/** `/etc/alertmanager/secrets/alertmanager-chat/backend` is the key `backend` of the Secret. */
function secretKey(file: string): { readonly name: string; readonly key: string } {
  const [name = "", key = ""] = file.slice(secretsFolder.length + 1).split("/");
  return { name, key };
}

function pairs(values: Readonly<Record<string, string>> | undefined): readonly { key: string; value: string }[] {
  return Object.entries(values ?? {}).map(([key, value]) => ({ key, value }));
}

function pagerDutySpec({ routing_key_file, send_resolved, details, links, ...rest }: PagerDutyConfig): unknown {
  return {
    sendResolved: send_resolved,
    routingKey: secretKey(routing_key_file),
    ...rest,
    details: pairs(details),
    pagerDutyLinkConfigs: links.map(({ href, text }) => ({ href, alt: text })),
  };
}

function slackSpec({ api_url_file, send_resolved, title_link, ...rest }: SlackConfig): unknown {
  return { sendResolved: send_resolved, apiURL: secretKey(api_url_file), titleLink: title_link, ...rest };
}

function emailSpec({ send_resolved, headers, ...rest }: EmailConfig): unknown {
  return { sendResolved: send_resolved, ...rest, headers: pairs(headers) };
}

function intervalSpec({ name, time_intervals }: NamedTimeInterval): unknown {
  return {
    name,
    timeIntervals: time_intervals.map(({ times, weekdays, days_of_month, months, years }) => ({
      ...(times === undefined
        ? {}
        : { times: times.map(({ start_time, end_time }) => ({ startTime: start_time, endTime: end_time })) }),
      ...given("weekdays", weekdays),
      ...(days_of_month === undefined
        ? {}
        : {
            daysOfMonth: days_of_month.map((text) => {
              const [start = "1", end = start] = text.split(":");
              return { start: Number(start), end: Number(end) };
            }),
          }),
      ...given("months", months),
      ...given("years", years),
    })),
  };
}
