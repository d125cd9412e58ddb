import type { DataSourceType, TagLink, UrlLink } from "./dashboard.ts";

/** A link to a page outside, or to a path of this Grafana. */
export function link(title: string, url: string, options: { description: string; keepTime?: boolean }): UrlLink {
  return { kind: "url", title, url, description: options.description, keepTime: options.keepTime ?? false };
}

/** A list of the dashboards that have all of these tags. */
export function taggedDashboards(title: string, tags: readonly string[], options: { description: string }): TagLink {
  return { kind: "tags", title, tags, description: options.description };
}

/**
 * A link to another dashboard, at the time range of this one.
 *
 * @example
 * import { serviceDashboardUid } from "@plinth/metrics";
 * dashboardLink("cart", serviceDashboardUid("cart"), { description: "The service that is called." });
 */
export function dashboardLink(title: string, uid: string, options: { description: string }): UrlLink {
  return link(title, `/d/${uid}`, { ...options, keepTime: true });
}

/**
 * A link to Explore with a TraceQL query over the dashboard's time range. Needs `dataSource("tempo")` among the dashboard's variables.
 *
 * @see https://grafana.com/docs/tempo/latest/traceql/
 * @example
 * tracesLink("Failed requests", '{ resource.service.name = "checkout" && status = error }', { description: "Traces that ended in an error." });
 */
export function tracesLink(title: string, traceql: string, options: { description: string }): UrlLink {
  return link(title, exploreUrl("tempo", { query: traceql, queryType: "traceql", limit: 20 }), options);
}

/**
 * A link to Explore with a LogQL query over the dashboard's time range. Needs `dataSource("loki")` among the dashboard's variables.
 *
 * @see https://grafana.com/docs/loki/latest/query/
 * @example
 * logsLink("Logs", '{service_name="checkout"}', { description: "Everything that the service logs." });
 */
export function logsLink(title: string, logql: string, options: { description: string }): UrlLink {
  return link(title, exploreUrl("loki", { expr: logql, queryType: "range" }), options);
}

/**
 * Explore's address for one query.
 *
 * @see https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools
 */
function exploreUrl(type: DataSourceType, query: Readonly<Record<string, string | number>>): string {
  const uid = `\${${type}_datasource}`;
  const pane = {
    datasource: uid,
    queries: [{ refId: "A", datasource: { type, uid }, ...query }],
    range: { from: "${__from}", to: "${__to}" },
  };
  return `/explore?schemaVersion=1&panes=${readable(encodeURIComponent(JSON.stringify({ a: pane })))}`;
}

/**
 * Grafana fills in its variables before it decodes the address, and does not know them when they are encoded. Colons, commas and equals signs may stand in a
 * parameter as they are (https://www.rfc-editor.org/rfc/rfc3986#section-3.4), and whoever reads a diff sees more.
 */
function readable(encoded: string): string {
  return encoded
    .replace(/%24%7B(\w+)%7D/g, (_, name: string) => `\${${name}}`)
    .replace(/%3A|%2C|%3D/g, (character) => decodeURIComponent(character));
}
