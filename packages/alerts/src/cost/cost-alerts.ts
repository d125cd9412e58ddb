import type { Alert } from "../alert/alert.ts";

/** Alerts about money. */
export const costAlerts: readonly Alert[] = [];
