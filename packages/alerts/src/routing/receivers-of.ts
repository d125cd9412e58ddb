import type { LabelSet } from "../labels/label-set.ts";
import type { AlertmanagerConfig, AlertmanagerRoute } from "./alertmanager-config.ts";
import { allMatch } from "./matcher.ts";

/** A node of the routing tree at which an alert ends. */
export interface RouteMatch {
  /** The receiver, the route's own or its nearest ancestor's. */
  readonly receiver: string;
  /** The routes from the root to the node. */
  readonly path: readonly AlertmanagerRoute[];
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
 * The receivers of an alert with these labels, in the tree's order; one that two branches lead to comes twice, as `amtool config routes test`
 * prints it.
 *
 * @throws RangeError for a matcher that `parseMatcher` refuses.
 * @example
 * const config: AlertmanagerConfig = {
 *   route: { receiver: "platform", routes: [{ matchers: ['team="backend"'], receiver: "backend" }] },
 *   receivers: [{ name: "platform" }, { name: "backend" }],
 * };
 * receiversOf(config, { team: "backend" }); // ["backend"]
 */
export function receiversOf(config: AlertmanagerConfig, labels: LabelSet): readonly string[] {
  return matchingRoutes(config, labels).map(({ receiver }) => receiver);
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
