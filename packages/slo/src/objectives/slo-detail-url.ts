import type { Platform } from "@plinth/core";
import { dashboardUrl, sloDashboardUids } from "@plinth/metrics";

/** Where people see one objective in detail: burn over every window that its alerts look at, and the budget over its period. */
export function sloDetailUrl(
  platform: Platform,
  { environment, service, slo }: { readonly environment: string; readonly service: string; readonly slo: string },
): string {
  return dashboardUrl(platform, sloDashboardUids.detail, { variables: { environment, service, slo } });
}
