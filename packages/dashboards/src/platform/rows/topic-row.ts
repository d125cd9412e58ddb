import type { Platform } from "@plinth/core";
import type { PlatformDashboardTopic } from "@plinth/metrics";
import type { Panel } from "../../model/dashboard.ts";

/** A row of a platform's dashboard, below what is seen at a glance. */
export interface TopicRow {
  readonly topic: PlatformDashboardTopic;
  readonly id: string;
  readonly title: string;
  /** Only where the platform runs this software, or parts of it: `argocd`. @default everywhere */
  readonly software?: string;
  /** Its panels; none, and the platform has nothing to show there. */
  readonly panels: (platform: Platform) => readonly Panel[];
}
