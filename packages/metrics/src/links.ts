import { createHash } from "node:crypto";
import type { Platform } from "@plinth/core";

// Grafana refuses longer uids: pkg/apimachinery/identity, MaxUIDLength.
const MAX_UID_LENGTH = 40;

/**
 * The uid of a service's dashboard: `service-<name>`, or for a long name its beginning and a hash, at most 40 characters.
 *
 * @example
 * serviceDashboardUid("checkout"); // "service-checkout"
 */
export function serviceDashboardUid(service: string): string {
  const uid = `service-${service}`;
  if (uid.length <= MAX_UID_LENGTH) return uid;
  const hash = createHash("sha256").update(uid).digest("hex").slice(0, 8);
  return `${uid.slice(0, MAX_UID_LENGTH - hash.length - 1)}-${hash}`;
}

/** What a dashboard of the platform is about. */
export type PlatformDashboardTopic = (typeof platformDashboardTopics)[number];

/** All topics that the platform has a dashboard about. */
export const platformDashboardTopics = [
  "cluster",
  "nodes",
  "workloads",
  "storage",
  "api-server",
  "dns",
  "ingress",
  "mesh",
  "autoscaling",
  "collectors",
  "metrics",
  "alerting",
  "logs",
  "traces",
  "policies",
  "delivery",
  "certificates",
  "secrets",
  "backups",
  "security",
  "cost",
] as const;

/**
 * The uid of a dashboard of the platform.
 *
 * @example
 * platformDashboardUid("nodes"); // "platform-nodes"
 */
export function platformDashboardUid(topic: PlatformDashboardTopic): string {
  return `platform-${topic}`;
}

/**
 * Where people open a dashboard: Grafana lives at `grafana.<platform domain>`.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * dashboardUrl(platform, serviceDashboardUid("checkout")); // "https://grafana.shop.example.com/d/service-checkout"
 */
export function dashboardUrl(platform: Platform, uid: string): string {
  return `https://grafana.${platform.domain}/d/${uid}`;
}

/** The path of an alert's runbook below the output folder: what `Component.documents` gives. */
export function runbookPath(alert: string): string {
  return `runbooks/${alert}.md`;
}

/**
 * Where people read an alert's runbook: the rendered file in the repository that Argo CD reads.
 *
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * runbookUrl(platform, "NodeNotReady"); // "https://git.example.com/shop/platform/blob/main/rendered/runbooks/NodeNotReady.md"
 */
export function runbookUrl(platform: Platform, alert: string): string {
  const { url, branch, path } = platform.repository;
  return `${url.replace(/\/$/, "").replace(/\.git$/, "")}/blob/${branch}/${path}/${runbookPath(alert)}`;
}
