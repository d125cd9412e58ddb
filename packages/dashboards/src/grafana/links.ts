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

/** A link in a panel's menu. Grafana reads only its title and address there, so the time range goes into the address. */
export function panelLinkBuilder(link: UrlLink): DashboardLinkBuilder {
  return linkBuilder(
    link.keepTime
      ? { ...link, keepTime: false, url: `${link.url}${link.url.includes("?") ? "&" : "?"}\${__url_time_range}` }
      : link,
  );
}
