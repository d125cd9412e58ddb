import { join } from "node:path";
import {
  type AlertmanagerConfig,
  type AlertmanagerRoute,
  alertmanagerConfig,
  type NamedTimeInterval,
  nullReceiver,
  type Receiver,
} from "@plinth/alerts";
import { type Environment, emitYaml, type Platform, type WorkingHours, weekdays } from "@plinth/core";
import type { RenderedRouting } from "./rendered-alerts.ts";
import { readRouting } from "./rendered-alerts.ts";
import { writeFiles } from "./write-files.ts";

/** When a situation plays: at work; or at night, while something is maintained. */
export type Hours = "working-hours" | "night-and-maintenance";

/** A rendered routing on loopback. */
export interface LoopbackRouting {
  /** As Alertmanager reads it, but for where its messages go: what the evaluator is asked about. */
  readonly config: AlertmanagerConfig;
  /** Absolute path of the file. */
  readonly file: string;
}

/**
 * The rendered configuration with its own tree, inhibition, grouping, mute times and templates, whose messages go to a sink: each receiver is a webhook too, so
 * that what arrives can be told apart. Groups wait for a second, and the times are such that now is in them, or out of them.
 */
export function routingOnLoopback(
  rendered: RenderedRouting,
  platform: Platform,
  environment: Environment,
  options: { readonly sink: string; readonly folder: string; readonly hours: Hours; readonly now: Date },
): LoopbackRouting {
  const { sink, folder, hours, now } = options;
  const original = readRouting(rendered.text);
  const secrets: { path: string; text: string }[] = [];
  const secret = (path: string, text: string): string => {
    secrets.push({ path: `secrets/${path}`, text });
    return join(folder, "secrets", path);
  };
  const receiver = (each: Receiver): unknown =>
    each.name === nullReceiver
      ? each
      : {
          name: each.name,
          webhook_configs: [
            {
              send_resolved: false,
              url_file: secret(`webhook-${each.name}`, `${sink}/webhook/${encodeURIComponent(each.name)}`),
            },
          ],
          slack_configs: (each.slack_configs ?? []).map((slack) => ({
            ...slack,
            api_url_file: secret(`chat-${each.name}`, `${sink}/chat/${each.name}`),
          })),
          pagerduty_configs: (each.pagerduty_configs ?? []).map((pager) => ({
            ...pager,
            url: `${sink}/pagerduty/${each.name}`,
            routing_key_file: secret(`pagerduty-${each.name}`, "an-integration-key"),
          })),
        };
  const intervals = intervalsAt(hours, now, platform, environment);
  const config: AlertmanagerConfig = {
    ...original,
    global: { resolve_timeout: "5m" },
    route: hastened(original.route),
    time_intervals: (original.time_intervals ?? []).map(
      (interval) => intervals.find(({ name }) => name === interval.name) ?? interval,
    ),
    templates: [join(folder, "plinth.tmpl")],
  };
  const text = emitYaml({ ...config, receivers: config.receivers.map(receiver) });
  writeFiles(folder, [
    { path: "alertmanager.yaml", text },
    { path: "plinth.tmpl", text: rendered.templates },
  ]);
  writeFiles(
    join(folder, "secrets"),
    secrets.map(({ path, text: value }) => ({ path: path.slice("secrets/".length), text: value })),
  );
  return { config, file: join(folder, "alertmanager.yaml") };
}

function hastened(route: AlertmanagerRoute): AlertmanagerRoute {
  return {
    ...route,
    group_wait: "1s",
    group_interval: "10s",
    repeat_interval: "1h",
    ...(route.routes === undefined ? {} : { routes: route.routes.map(hastened) }),
  };
}

/** The environment's own time intervals, made of hours that now is in, or out of. */
function intervalsAt(
  hours: Hours,
  now: Date,
  platform: Platform,
  environment: Environment,
): readonly NamedTimeInterval[] {
  const { timeZone, clock } = daytimeZone(now);
  const around = { from: clock(-30), to: clock(30) };
  const atWork: WorkingHours = { days: weekdays, timeZone, ...timesOf(around) };
  const asleep: WorkingHours = { days: weekdays, timeZone, from: "00:00", to: "01:00" };
  const people = hours === "working-hours" ? atWork : asleep;
  const inHours = platform.teams.map((team) =>
    team.onCall?.hours === undefined ? team : { ...team, onCall: { ...team.onCall, hours: people } },
  );
  const maintained = hours === "working-hours" ? { from: "2020-02-28T22:00", to: "2020-03-02T04:00" } : around;
  const maintenance = environment.paging.maintenance.map(({ days: _, ...each }) => ({
    ...each,
    timeZone,
    ...maintained,
  }));
  const paging = { ...environment.paging, businessHours: people, maintenance };
  return alertmanagerConfig({ ...platform, teams: inHours }, { ...environment, paging }).time_intervals ?? [];
}

function timesOf({ from, to }: { readonly from: string; readonly to: string }): { from: string; to: string } {
  return { from: from.slice(-5), to: to.slice(-5) };
}

/** A time zone in which it is day, so that half an hour more or less is the same day. */
function daytimeZone(now: Date): {
  readonly timeZone: string;
  /** `2026-11-21T14:30`, so many minutes from now. */
  readonly clock: (minutes: number) => string;
} {
  const local = (timeZone: string, minutes: number): string =>
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
      .format(new Date(now.getTime() + minutes * 60_000))
      .replace(" ", "T");
  const timeZone =
    ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles"].find((zone) => {
      const hour = Number(local(zone, 0).slice(11, 13));
      return hour >= 3 && hour < 22;
    }) ?? "UTC";
  return { timeZone, clock: (minutes) => local(timeZone, minutes) };
}
