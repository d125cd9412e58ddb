import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Link, UrlLink } from "../model/dashboard.ts";

/** A link as a dashboard or a panel carries it. */
export function linkBuilder(link: Link): DashboardLinkBuilder {
  const builder = new DashboardLinkBuilder(link.title).tooltip(link.description).targetBlank(false).includeVars(false);
  switch (link.kind) {
    case "url":
      return builder.type(DashboardLinkType.Link).icon("external link").url(link.url).keepTime(link.keepTime);
    case "tags":
      return builder
        .type(DashboardLinkType.Dashboards)
        .icon("dashboard")
        .tags([...link.tags])
        .asDropdown(true)
        .keepTime(true);
  }
}

/** A link in a panel's menu. */
export function panelLinkBuilder(link: UrlLink): DashboardLinkBuilder {
  return linkBuilder(withTimeRange(link));
}

/** A link behind a value. */
export function dataLink(link: UrlLink): { title: string; url: string } {
  const { title, url } = withTimeRange(link);
  return { title, url };
}

/** Grafana reads only the title and the address of such links, so the time range goes into the address. */
function withTimeRange(link: UrlLink): UrlLink {
  return link.keepTime
    ? { ...link, keepTime: false, url: `${link.url}${link.url.includes("?") ? "&" : "?"}\${__url_time_range}` }
    : link;
}
