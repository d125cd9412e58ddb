import type { LabelSet } from "../labels/label-set.ts";
import type { AlertmanagerConfig, AlertmanagerRoute } from "./alertmanager-config.ts";
import { type Inhibition, inhibitionsOf } from "./inhibition.ts";
import { namedIntervalContains } from "./interval-contains.ts";
import { allMatch } from "./matcher.ts";

/** A node of the routing tree at which an alert ends. */
export interface RouteMatch {
  /** The receiver, the route's own or its nearest ancestor's. */
  readonly receiver: string;
  /** The routes from the root to the node. */
  readonly path: readonly AlertmanagerRoute[];
}

/** When it is, and what else fires. */
export interface RoutingSituation {
  /** The moment; without it no time interval counts. */
  readonly time?: Date;
  /** Labels of the alerts that fire, the alert itself or not. @default nothing else */
  readonly firing?: readonly LabelSet[];
}

/** What becomes of an alert at one node of the routing tree. */
export interface Delivery extends RouteMatch {
  /** Names of the time intervals for which it is not sent now: one in which it is muted, or one outside of which it is. */
  readonly mutedBy: readonly string[];
  /** What holds it back. */
  readonly inhibitedBy: readonly Inhibition[];
  /** True when the receiver is told now. */
  readonly sent: boolean;
}

/**
 * Where an alert with these labels ends in the routing tree, in the tree's order: depth first, the first child that matches unless it says
 * `continue`, and the node itself where no child matches. Follows `Route.Match` of Alertmanager's dispatcher.
 *
 * @throws RangeError for a matcher that `parseMatcher` refuses.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route-related-settings
 */
export function matchingRoutes(config: AlertmanagerConfig, labels: LabelSet): readonly RouteMatch[] {
  return descend(config.route, labels, { receiver: "", path: [] }) ?? [];
}

/**
 * What becomes of an alert in a situation: each receiver that it is routed to, on which path, whether its route is muted then, and which firing alerts hold it
 * back. Follows the stages of Alertmanager's notification pipeline: inhibition, then active and mute times.
 *
 * @throws RangeError for a matcher that `parseMatcher` refuses, and for a time interval that Alertmanager would not read.
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 * @example
 * import { environmentNamed } from "@plinth/core";
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * const config = alertmanagerConfig(platform, environmentNamed(platform, "production"));
 * const [delivery] = deliveriesOf(config, { alertname: "NodeNotReady", node: "a", severity: "critical" }, { time: new Date("2026-12-24T03:00:00Z") });
 * delivery?.sent; // true: what is critical never waits
 */
export function deliveriesOf(
  config: AlertmanagerConfig,
  labels: LabelSet,
  { time, firing = [] }: RoutingSituation = {},
): readonly Delivery[] {
  const inhibitedBy = inhibitionsOf(config, labels, firing);
  return matchingRoutes(config, labels).map((match) => {
    const mutedBy = time === undefined ? [] : mutingIntervals(config, match.path.at(-1), time);
    return { ...match, mutedBy, inhibitedBy, sent: mutedBy.length === 0 && inhibitedBy.length === 0 };
  });
}

/**
 * The receivers of an alert with these labels, in the tree's order; one that two branches lead to comes twice, as `amtool config routes test`
 * prints it. In a situation, those that are told then: neither muted nor held back.
 *
 * @throws RangeError for a matcher that `parseMatcher` refuses.
 * @example
 * const config: AlertmanagerConfig = {
 *   route: { receiver: "platform", routes: [{ matchers: ['team="backend"'], receiver: "backend", mute_time_intervals: ["sunday"] }] },
 *   receivers: [{ name: "platform" }, { name: "backend" }],
 *   time_intervals: [{ name: "sunday", time_intervals: [{ weekdays: ["sunday"] }] }],
 * };
 * receiversOf(config, { team: "backend" }); // ["backend"]
 * receiversOf(config, { team: "backend" }, { time: new Date("2026-11-22T12:00:00Z") }); // []
 */
export function receiversOf(
  config: AlertmanagerConfig,
  labels: LabelSet,
  situation: RoutingSituation = {},
): readonly string[] {
  return deliveriesOf(config, labels, situation).flatMap(({ receiver, sent }) => (sent ? [receiver] : []));
}

function mutingIntervals(
  { time_intervals = [] }: AlertmanagerConfig,
  route: AlertmanagerRoute | undefined,
  time: Date,
): readonly string[] {
  const { mute_time_intervals = [], active_time_intervals = [] } = route ?? {};
  const isNow = (name: string): boolean =>
    time_intervals.some((interval) => interval.name === name && namedIntervalContains(interval, time));
  return [
    ...mute_time_intervals.filter(isNow),
    ...(active_time_intervals.length > 0 && !active_time_intervals.some(isNow) ? active_time_intervals : []),
  ];
}

/** `undefined` when the route does not match. */
function descend(route: AlertmanagerRoute, labels: LabelSet, parent: RouteMatch): readonly RouteMatch[] | undefined {
  if (!allMatch(route.matchers, labels)) return undefined;
  const here: RouteMatch = { receiver: route.receiver ?? parent.receiver, path: [...parent.path, route] };
  const found: RouteMatch[] = [];
  for (const child of route.routes ?? []) {
    const below = descend(child, labels, here);
    found.push(...(below ?? []));
    if (below !== undefined && child.continue !== true) break;
  }
  return found.length === 0 ? [here] : found;
}
