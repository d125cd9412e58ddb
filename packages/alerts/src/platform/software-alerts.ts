import type { Alert } from "../alert/alert.ts";

/** Alerts about the software that the platform runs for its teams. */
export const softwareAlerts: readonly Alert[] = [];
