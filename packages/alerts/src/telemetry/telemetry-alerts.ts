import type { Alert } from "../alert/alert.ts";
import { telemetryDataLoss } from "./telemetry-data-loss.ts";
import { watchdog } from "./watchdog.ts";

/** Alerts about what watches everything else. */
export const telemetryAlerts: readonly Alert[] = [telemetryDataLoss, watchdog];
