import type { Operand, PlatformDashboardTopic } from "@plinth/metrics";
import type { Query } from "../model/dashboard.ts";
import type { TimeseriesOptions } from "../model/panel.ts";

/** Something that a part of the platform is known by: a line of a topic's table. */
export interface OverviewPanel extends TimeseriesOptions {
  readonly title: string;
  /** One PromQL expression, or several queries with a name each. */
  readonly asks: Operand | readonly Query[];
  /** Only where the platform runs this software, or parts of it: `argocd`. @default everywhere */
  readonly software?: string;
}

/** What a dashboard of the platform is about, and what is seen at a glance. */
export interface Topic {
  readonly name: PlatformDashboardTopic;
  readonly title: string;
  readonly description: string;
  readonly overview: readonly OverviewPanel[];
}

/** The range of rates: never shorter than two scrapes. */
export const window = "$__rate_interval";
